package io.a2g.user.oauth.grant;

import io.a2g.user.oauth.OpaqueToken;
import org.jspecify.annotations.Nullable;

/**
 * A refresh token: a beginning that all those of its grant share, a dot, and a part of its own. So
 * one that was used before is recognised without a list of them.
 *
 * @param text what the client keeps
 */
record RefreshToken(String text) {

  private static final char SEPARATOR = '.';

  /** Draws the first one of a grant: 87 characters of base64url with the dot. */
  static RefreshToken generate() {
    return after(OpaqueToken.generate());
  }

  /** Draws the one that follows; the first one of a family when this is of an earlier release. */
  RefreshToken next() {
    OpaqueToken family = family();
    return family == null ? generate() : after(family);
  }

  /** The beginning; null in a token of an earlier release, which has no parts. */
  @Nullable OpaqueToken family() {
    int end = text.indexOf(SEPARATOR);
    return end < 0 ? null : new OpaqueToken(text.substring(0, end));
  }

  private static RefreshToken after(OpaqueToken family) {
    return new RefreshToken(family.text() + SEPARATOR + OpaqueToken.generate().text());
  }

  /** Never the secret: records print their components. */
  @Override
  public String toString() {
    return "RefreshToken[…]";
  }
}
