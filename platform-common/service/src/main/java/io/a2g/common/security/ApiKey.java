package io.a2g.common.security;

import io.a2g.common.secret.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * A platform API key: {@code a2g_}, 30 random base62 characters (178 bits) and six characters of
 * checksum (base62 of the CRC-32 of everything before, left-padded with {@code 0}). The checksum
 * turns typos away without a query; it is not security.
 *
 * @param text the whole key; secret
 */
public record ApiKey(String text) {

  private static final String PREFIX = "a2g_";
  private static final String ALPHABET =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  private static final int RANDOM_LENGTH = 30;
  private static final int CHECKSUM_LENGTH = 6;
  private static final int LENGTH = PREFIX.length() + RANDOM_LENGTH + CHECKSUM_LENGTH;
  // The largest multiple of 62 below 256: bytes from here on would favour some characters.
  private static final int UNBIASED = 248;
  private static final SecureRandom RANDOM = new SecureRandom();

  /** Draws a new key. */
  public static ApiKey generate() {
    StringBuilder key = new StringBuilder(LENGTH).append(PREFIX);
    byte[] one = new byte[1];
    while (key.length() < PREFIX.length() + RANDOM_LENGTH) {
      RANDOM.nextBytes(one);
      int value = Byte.toUnsignedInt(one[0]);
      if (value < UNBIASED) {
        key.append(ALPHABET.charAt(value % ALPHABET.length()));
      }
    }
    return new ApiKey(key + checksum(key.toString()));
  }

  /** True when a text is meant to be a key, right or wrong. */
  static boolean isMeant(String text) {
    return text.startsWith(PREFIX);
  }

  /** The key in a text; empty when the text is not of this form or its checksum is wrong. */
  public static Optional<ApiKey> parse(String text) {
    if (text.length() != LENGTH || !text.startsWith(PREFIX)) {
      return Optional.empty();
    }
    boolean base62 =
        text.substring(PREFIX.length()).chars().allMatch(c -> ALPHABET.indexOf(c) >= 0);
    int split = LENGTH - CHECKSUM_LENGTH;
    return base62 && checksum(text.substring(0, split)).equals(text.substring(split))
        ? Optional.of(new ApiKey(text))
        : Optional.empty();
  }

  /** What is stored instead of the key: 32 bytes. 178 random bits need no slow hash. */
  public byte[] sha256() {
    return Sha256.of(text);
  }

  /** The last four characters, for lists. */
  public String lastFour() {
    return text.substring(text.length() - 4);
  }

  /** Never the key: records print their components. */
  @Override
  public String toString() {
    return PREFIX + "…" + lastFour();
  }

  private static String checksum(String body) {
    CRC32 crc = new CRC32();
    crc.update(body.getBytes(StandardCharsets.US_ASCII));
    long rest = crc.getValue();
    char[] text = new char[CHECKSUM_LENGTH];
    for (int i = CHECKSUM_LENGTH - 1; i >= 0; i--) {
      text[i] = ALPHABET.charAt((int) (rest % ALPHABET.length()));
      rest /= ALPHABET.length();
    }
    return new String(text);
  }
}
