/** Where a database is, from one URL or from its parts. */
@NullMarked
package io.a2g.common.database;

import org.jspecify.annotations.NullMarked;
