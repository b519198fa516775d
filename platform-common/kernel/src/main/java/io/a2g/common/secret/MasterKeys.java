package io.a2g.common.secret;

import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * The keys that secrets in the database are encrypted with: the first one encrypts, all of them
 * decrypt. Written as {@code id:base64}, separated by commas or white space.
 */
final class MasterKeys {

  private static final int BYTES = 32;
  // Of 32 random bytes fewer differ once in 10^15 draws; what was typed or repeated has fewer.
  private static final int FEWEST_DIFFERENT = 16;
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,32}");
  private static final String HOW =
      "a line id:key with 32 random bytes in base64, as this prints: echo \"k1:$(head -c 32 /dev/urandom | base64)\"";

  private final Map<String, SecretKey> keys;

  private MasterKeys(Map<String, SecretKey> keys) {
    this.keys = keys;
  }

  /**
   * @throws InvalidMasterKeys when there is none, or one that is no key or can be guessed
   */
  static MasterKeys parse(String text) {
    Map<String, SecretKey> keys = new LinkedHashMap<>();
    for (String entry : text.strip().split("[,\\s]+", -1)) {
      if (!entry.isEmpty()) {
        add(keys, entry);
      }
    }
    if (keys.isEmpty()) {
      throw new InvalidMasterKeys(
          "There is no master key to encrypt secrets with: let A2G_MASTER_KEYS_FILE name a file with "
              + HOW
              + ".");
    }
    return new MasterKeys(keys);
  }

  /** The id of the key that encrypts. */
  String encrypting() {
    return keys.keySet().iterator().next();
  }

  /** The key with this id; empty when there is none. */
  Optional<SecretKey> find(String id) {
    return Optional.ofNullable(keys.get(id));
  }

  private static void add(Map<String, SecretKey> keys, String entry) {
    int colon = entry.indexOf(':');
    String id = colon < 0 ? "" : entry.substring(0, colon);
    if (!ID.matcher(id).matches()) {
      throw new InvalidMasterKeys(
          "A master key has no id of letters, digits, _ and - before a colon: write " + HOW + ".");
    }
    byte[] bytes = decode(id, entry.substring(colon + 1));
    if (isGuessable(bytes)) {
      throw new InvalidMasterKeys(
          "The master key %s is a sample or a pass phrase, not random: write %s."
              .formatted(id, HOW));
    }
    if (keys.put(id, new SecretKeySpec(bytes, "AES")) != null) {
      throw new InvalidMasterKeys("There are two master keys with the id %s.".formatted(id));
    }
  }

  private static byte[] decode(String id, String base64) {
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(base64.replace('-', '+').replace('_', '/'));
    } catch (IllegalArgumentException e) {
      bytes = new byte[0];
    }
    if (bytes.length != BYTES) {
      throw new InvalidMasterKeys(
          "The master key %s is not 32 bytes in base64: write %s.".formatted(id, HOW));
    }
    return bytes;
  }

  // All zero, one byte repeated, 00 01 02 …, text.
  private static boolean isGuessable(byte[] key) {
    boolean[] seen = new boolean[256];
    int different = 0;
    int printable = 0;
    int evenSteps = 0;
    for (int i = 0; i < key.length; i++) {
      int value = Byte.toUnsignedInt(key[i]);
      different += seen[value] ? 0 : 1;
      seen[value] = true;
      printable += value >= ' ' && value <= '~' ? 1 : 0;
      evenSteps += i > 0 && (byte) (key[i] - key[i - 1]) == (byte) (key[1] - key[0]) ? 1 : 0;
    }
    return different < FEWEST_DIFFERENT || printable == BYTES || evenSteps == BYTES - 1;
  }
}
