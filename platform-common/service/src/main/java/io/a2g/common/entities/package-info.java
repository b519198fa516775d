/** The schema that the entities of a service ask for, as Hibernate would create it. */
@NullMarked
package io.a2g.common.entities;

import org.jspecify.annotations.NullMarked;
