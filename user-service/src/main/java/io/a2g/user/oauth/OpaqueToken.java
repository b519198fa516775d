package io.a2g.user.oauth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * A secret that says nothing: 256 random bits, or what somebody presents as such. Only its hash is
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
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** Never the secret: records print their components. */
  @Override
  public String toString() {
    return "OpaqueToken[…]";
  }
}
