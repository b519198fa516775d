/** SCIM over HTTP. */
@NullMarked
package io.a2g.user.scim.web;

import org.jspecify.annotations.NullMarked;
