/**
 * Rules for migration files: what is wrong with their names, pairs and statements, and what their
 * statements were seen to lock and rewrite.
 */
@NullMarked
package io.a2g.common.migrate.lint;

import org.jspecify.annotations.NullMarked;
