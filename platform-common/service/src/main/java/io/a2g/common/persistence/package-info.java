/** Columns every table of the domain has: id, version, times and soft deletion. */
@NullMarked
package io.a2g.common.persistence;

import org.jspecify.annotations.NullMarked;
