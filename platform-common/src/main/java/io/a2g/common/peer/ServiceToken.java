package io.a2g.common.peer;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/** One secret that all services of a platform share. It never appears in a log or an answer. */
final class ServiceToken implements ServiceCredential {

  private static final String SCHEME = "Bearer ";
  private static final int MIN_LENGTH = 32;
  // What a header can carry as it is (RFC 6750 §2.1), so no quoting and no line breaks.
  private static final String ALLOWED = "[A-Za-z0-9._~+/=-]+";

  private final String token;

  /**
   * @param token empty: none
   * @throws InvalidPeerSettings when it is too short or has characters a header cannot carry
   */
  ServiceToken(String token) {
    if (!token.isEmpty() && (token.length() < MIN_LENGTH || !token.matches(ALLOWED))) {
      throw new InvalidPeerSettings(
          "The service token must have at least %d characters, all of them letters, digits or one of . _ ~ + / = -."
              .formatted(MIN_LENGTH));
    }
    this.token = token;
  }

  static ServiceToken of(PeerProperties settings) {
    return new ServiceToken(
        settings.token().isBlank() ? read(settings.tokenFile()) : settings.token().strip());
  }

  private static String read(String file) {
    if (file.isBlank()) {
      return "";
    }
    try {
      return Files.readString(Path.of(file)).strip();
    } catch (IOException e) {
      throw new InvalidPeerSettings(
          "The file with the service token, %s, cannot be read.".formatted(file));
    }
  }

  @Override
  public boolean isPresent() {
    return !token.isEmpty();
  }

  @Override
  public String authorization() {
    return SCHEME + token;
  }

  @Override
  public boolean accepts(@Nullable String authorization) {
    // Digests have one length, so the time tells neither how much is right nor how long it is.
    return isPresent()
        && authorization != null
        && MessageDigest.isEqual(sha256(authorization), sha256(authorization()));
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** Never the token. */
  @Override
  public String toString() {
    return isPresent() ? "service token" : "no service token";
  }
}
