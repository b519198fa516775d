/**
 * The schema that the entities ask for. The one part of the tool that needs Hibernate, and Spring
 * to find the entities.
 */
@NullMarked
package io.a2g.common.migrate.entities;

import org.jspecify.annotations.NullMarked;
