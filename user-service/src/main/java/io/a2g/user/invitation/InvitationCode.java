package io.a2g.user.invitation;

import io.a2g.common.secret.Sha256;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The secret that an invited person presents at sign-up: {@code a2i_} and 48 hexadecimal digits
 * (192 random bits).
 *
 * @param text the whole code; secret
 */
public record InvitationCode(String text) {

  private static final String PREFIX = "a2i_";
  private static final int BYTES = 24;
  private static final Pattern FORM = Pattern.compile(PREFIX + "[0-9a-f]{" + 2 * BYTES + "}");
  private static final SecureRandom RANDOM = new SecureRandom();

  static InvitationCode generate() {
    byte[] bytes = new byte[BYTES];
    RANDOM.nextBytes(bytes);
    return new InvitationCode(PREFIX + HexFormat.of().formatHex(bytes));
  }

  /** The code in a text; empty when the text cannot be one. */
  static Optional<InvitationCode> parse(String text) {
    return FORM.matcher(text).matches() ? Optional.of(new InvitationCode(text)) : Optional.empty();
  }

  /** What is stored instead: 32 bytes. 192 random bits need no slow hash. */
  byte[] sha256() {
    return Sha256.of(text);
  }

  /** Never the code: records print their components. */
  @Override
  public String toString() {
    return PREFIX + "…";
  }
}
