/** The command line of the migration tool: one class per command, each thin. */
@NullMarked
package io.a2g.common.migrate.cli;

import org.jspecify.annotations.NullMarked;
