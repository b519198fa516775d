/** The pages that people see when they sign in. */
@NullMarked
package io.a2g.user.oauth.signin.web;

import org.jspecify.annotations.NullMarked;
