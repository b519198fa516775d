/** Users: profile, role, approval, disabling, soft deletion. */
@NullMarked
package io.a2g.user.account;

import org.jspecify.annotations.NullMarked;
