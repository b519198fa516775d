/**
 * Finds rows whose reference into another schema is wrong, and repairs them by the declared rule.
 * JDBC and nothing of Spring, because the migration tool does it too.
 */
@NullMarked
package io.a2g.common.migrate.orphan;

import org.jspecify.annotations.NullMarked;
