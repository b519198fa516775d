package io.a2g.user.oauth;

import io.a2g.common.secret.Sha256;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * A secret without content: 256 random bits, or what a client presents as such. Only its hash is
 * stored.
 *
 * @param text the secret
 */
public record OpaqueToken(String text) {

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int BYTES = 32;

  /** Draws a new one: 43 characters of base64url. */
  public static OpaqueToken generate() {
    byte[] bytes = new byte[BYTES];
    RANDOM.nextBytes(bytes);
    return new OpaqueToken(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  /** What is stored instead: 32 bytes. 256 random bits need no slow hash. */
  public byte[] sha256() {
    return Sha256.of(text);
  }

  /** Never the secret: records print their components. */
  @Override
  public String toString() {
    return "OpaqueToken[…]";
  }
}
