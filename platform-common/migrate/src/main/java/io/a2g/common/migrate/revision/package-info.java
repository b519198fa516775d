/** New migration files: their names, their order, and what is written into them at first. */
@NullMarked
package io.a2g.common.migrate.revision;

import org.jspecify.annotations.NullMarked;
