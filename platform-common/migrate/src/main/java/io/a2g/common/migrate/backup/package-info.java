/**
 * Backups of one schema with pg_dump, each proven when it is made, and restoring into a new
 * database.
 */
@NullMarked
package io.a2g.common.migrate.backup;

import org.jspecify.annotations.NullMarked;
