package io.a2g.common.schema;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * What PostgreSQL stores in place of a password (RFC 5803: {@code
 * SCRAM-SHA-256$iterations:salt$StoredKey:ServerKey}).
 *
 * <p>Made here and not by the server, so that no password stands in a statement which the server
 * may log.
 */
final class ScramVerifier {

  // PostgreSQL's own default (scram_iterations); the passwords are random, so more would buy
  // nothing.
  private static final int ITERATIONS = 4096;
  private static final int SALT_BYTES = 16;
  private static final int KEY_BITS = 256;

  private static final Pattern FORMAT =
      Pattern.compile("SCRAM-SHA-256\\$(?<iterations>\\d{1,9}):(?<salt>[^$]+)\\$.*");

  private ScramVerifier() {}

  /** A new verifier with a random salt. */
  static String of(String password) {
    byte[] salt = new byte[SALT_BYTES];
    new SecureRandom().nextBytes(salt);
    return verifier(password, ITERATIONS, salt);
  }

  /**
   * Whether the verifier was made from this password; false for other formats and for no verifier.
   */
  static boolean matches(@Nullable String verifier, String password) {
    var matcher = FORMAT.matcher(verifier == null ? "" : verifier);
    if (verifier == null || !matcher.matches()) {
      return false;
    }
    byte[] salt = Base64.getDecoder().decode(matcher.group("salt"));
    String expected = verifier(password, Integer.parseInt(matcher.group("iterations")), salt);
    return MessageDigest.isEqual(
        expected.getBytes(StandardCharsets.US_ASCII), verifier.getBytes(StandardCharsets.US_ASCII));
  }

  private static String verifier(String password, int iterations, byte[] salt) {
    try {
      var spec = new PBEKeySpec(password.toCharArray(), salt, iterations, KEY_BITS);
      byte[] salted =
          SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256").generateSecret(spec).getEncoded();
      byte[] stored = MessageDigest.getInstance("SHA-256").digest(hmac(salted, "Client Key"));
      var base64 = Base64.getEncoder();
      return "SCRAM-SHA-256$%d:%s$%s:%s"
          .formatted(
              iterations,
              base64.encodeToString(salt),
              base64.encodeToString(stored),
              base64.encodeToString(hmac(salted, "Server Key")));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every JDK has SHA-256, HMAC and PBKDF2", e);
    }
  }

  private static byte[] hmac(byte[] key, String text) throws GeneralSecurityException {
    var mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    return mac.doFinal(text.getBytes(StandardCharsets.US_ASCII));
  }
}
