/** Statements that turn one schema into another, as a draft for somebody who knows the data. */
@NullMarked
package io.a2g.common.migrate.draft;

import org.jspecify.annotations.NullMarked;
