package io.a2g.common.migrate.schemas;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PasswordUtil;

/**
 * What PostgreSQL stores in place of a password (RFC 5803: {@code
 * SCRAM-SHA-256$iterations:salt$StoredKey:ServerKey}).
 *
 * <p>Made here and not by the server, so that no password stands in a statement which the server
 * may log.
 */
final class ScramVerifier {

  private static final Pattern FORMAT =
      Pattern.compile("SCRAM-SHA-256\\$(?<iterations>\\d{1,9}):(?<salt>[^$]+)\\$.*");

  private ScramVerifier() {}

  /** A new verifier with a random salt. */
  static String of(String password) {
    return PasswordUtil.encodeScramSha256(password.toCharArray());
  }

  /**
   * Whether the verifier was made from this password; false for other formats and for no verifier.
   */
  static boolean matches(@Nullable String verifier, String password) {
    var matcher = FORMAT.matcher(verifier == null ? "" : verifier);
    if (verifier == null || !matcher.matches()) {
      return false;
    }
    String expected =
        PasswordUtil.encodeScramSha256(
            password.toCharArray(),
            Integer.parseInt(matcher.group("iterations")),
            Base64.getDecoder().decode(matcher.group("salt")));
    return MessageDigest.isEqual(
        expected.getBytes(StandardCharsets.US_ASCII), verifier.getBytes(StandardCharsets.US_ASCII));
  }
}
