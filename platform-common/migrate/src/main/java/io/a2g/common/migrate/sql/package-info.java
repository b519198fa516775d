/** The statements of a file, split as Flyway splits them. */
@NullMarked
package io.a2g.common.migrate.sql;

import org.jspecify.annotations.NullMarked;
