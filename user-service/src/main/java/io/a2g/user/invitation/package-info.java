/** Invitations: one-time codes to sign up with a role and a department. */
@NullMarked
package io.a2g.user.invitation;

import org.jspecify.annotations.NullMarked;
