/** API keys over HTTP. */
@NullMarked
package io.a2g.user.apikey.web;

import org.jspecify.annotations.NullMarked;
