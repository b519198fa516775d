/** Invitations: one-time codes that let somebody sign up with a role and a department. */
@NullMarked
package io.a2g.user.invitation;

import org.jspecify.annotations.NullMarked;
