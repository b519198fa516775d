/** What browsers are told and allowed: security headers, origins, no credentials in addresses. */
@NullMarked
package io.a2g.common.headers;

import org.jspecify.annotations.NullMarked;
