/** The internal endpoints about references. */
@NullMarked
package io.a2g.common.reference.remote.web;

import org.jspecify.annotations.NullMarked;
