/** The admin service. */
@NullMarked
package io.a2g.admin;

import org.jspecify.annotations.NullMarked;
