/** Users: profile, role, soft deletion. */
@NullMarked
package io.a2g.user.account;

import org.jspecify.annotations.NullMarked;
