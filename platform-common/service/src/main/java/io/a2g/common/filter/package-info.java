/** The order of the filters that every service has. */
@NullMarked
package io.a2g.common.filter;

import org.jspecify.annotations.NullMarked;
