/** Users over HTTP. */
@NullMarked
package io.a2g.user.account.web;

import org.jspecify.annotations.NullMarked;
