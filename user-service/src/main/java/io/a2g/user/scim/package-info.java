/** SCIM 2.0 (RFC 7643, RFC 7644): a company directory keeps users and departments here. */
@NullMarked
package io.a2g.user.scim;

import org.jspecify.annotations.NullMarked;
