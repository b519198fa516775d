/** Invitations over HTTP, for administrators. */
@NullMarked
package io.a2g.user.invitation.web;

import org.jspecify.annotations.NullMarked;
