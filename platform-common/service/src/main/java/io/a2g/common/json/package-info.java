/** Strict JSON: what a request may look like is decided here, once. */
@NullMarked
package io.a2g.common.json;

import org.jspecify.annotations.NullMarked;
