package io.a2g.common.security;

import org.jspecify.annotations.Nullable;

/** Reads {@code Authorization: Bearer …} (RFC 6750 §2.1). */
final class BearerToken {

  private static final String SCHEME = "Bearer ";

  private BearerToken() {}

  /** The credential in this header; null when there is no header or it is of another scheme. */
  static @Nullable String of(@Nullable String authorization) {
    return authorization != null && authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
        ? authorization.substring(SCHEME.length()).strip()
        : null;
  }
}
