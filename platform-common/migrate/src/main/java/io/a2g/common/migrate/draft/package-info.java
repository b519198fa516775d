/** Statements that turn one schema into another, as a draft to be finished by its author. */
@NullMarked
package io.a2g.common.migrate.draft;

import org.jspecify.annotations.NullMarked;
