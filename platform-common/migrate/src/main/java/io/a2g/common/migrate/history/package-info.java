/** What was applied, what is pending; applying, undoing, stamping, repairing and holding. */
@NullMarked
package io.a2g.common.migrate.history;

import org.jspecify.annotations.NullMarked;
