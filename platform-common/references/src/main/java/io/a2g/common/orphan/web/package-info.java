/** Orphans over HTTP, for administrators. */
@NullMarked
package io.a2g.common.orphan.web;

import org.jspecify.annotations.NullMarked;
