package io.a2g.common.secret;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/**
 * Encrypts the secrets that the platform itself has to use again, and so cannot keep as hashes.
 * AES-256-GCM with a fresh random nonce (NIST SP 800-38D, 8.2.2) under a master key that the
 * database never sees, written {@code v1.<key id>.<nonce>.<ciphertext and tag>}; the last two in
 * base64url. Table, row, column and key id are authenticated with it.
 */
public final class SecretCipher {

  private static final String VERSION = "v1";
  private static final String ALGORITHM = "AES/GCM/NoPadding";
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final MasterKeys keys;

  private SecretCipher(MasterKeys keys) {
    this.keys = keys;
  }

  /**
   * With these keys, written as {@code A2G_MASTER_KEYS} has them.
   *
   * @throws InvalidMasterKeys when one is missing, malformed or guessable
   */
  public static SecretCipher of(String masterKeys) {
    return new SecretCipher(MasterKeys.parse(masterKeys));
  }

  /** The id of the master key that encrypts. */
  public String keyId() {
    return keys.encrypting();
  }

  /** Encrypts what is to be stored in that place, and in no other. */
  public String seal(SecretPlace place, byte[] secret) {
    byte[] nonce = new byte[NONCE_BYTES];
    RANDOM.nextBytes(nonce);
    String id = keys.encrypting();
    try {
      byte[] sealed =
          cipher(Cipher.ENCRYPT_MODE, keys.find(id).orElseThrow(), nonce, place.with(id))
              .doFinal(secret);
      Base64.Encoder text = Base64.getUrlEncoder().withoutPadding();
      return String.join(".", VERSION, id, text.encodeToString(nonce), text.encodeToString(sealed));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has AES-GCM", e);
    }
  }

  /**
   * Decrypts what was stored in that place.
   *
   * @throws UnreadableSecret when it was not encrypted for it, was changed, or its key is missing
   */
  public byte[] open(SecretPlace place, String sealed) {
    String[] parts = sealed.split("\\.", -1);
    if (parts.length != 4 || !parts[0].equals(VERSION)) {
      throw new UnreadableSecret(place, "it is not of the form v1.<key id>.<nonce>.<ciphertext>");
    }
    String id = parts[1];
    SecretKey key =
        keys.find(id)
            .orElseThrow(() ->
                new UnreadableSecret(
                    place, "A2G_MASTER_KEYS has no key " + id + ", which encrypted it"));
    try {
      return cipher(Cipher.DECRYPT_MODE, key, decode(parts[2]), place.with(id))
          .doFinal(decode(parts[3]));
    } catch (AEADBadTagException e) {
      throw new UnreadableSecret(
          place, "it was changed or moved, or another key is called " + id + " now");
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new UnreadableSecret(place, "it is damaged");
    }
  }

  private static byte[] decode(String base64) {
    return Base64.getUrlDecoder().decode(base64);
  }

  private static Cipher cipher(int mode, SecretKey key, byte[] nonce, String authenticated)
      throws GeneralSecurityException {
    if (nonce.length != NONCE_BYTES) {
      throw new IllegalArgumentException("a nonce of another length");
    }
    Cipher cipher = Cipher.getInstance(ALGORITHM);
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(authenticated.getBytes(StandardCharsets.UTF_8));
    return cipher;
  }
}
