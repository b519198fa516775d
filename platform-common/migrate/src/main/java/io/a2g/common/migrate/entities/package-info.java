/** The schema that entities and extras declare, compared with what the migrations make. */
@NullMarked
package io.a2g.common.migrate.entities;

import org.jspecify.annotations.NullMarked;
