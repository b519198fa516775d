package io.a2g.common.idempotency;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Answers that show a secret once (a new API key) are stored so that only the same caller with the
 * same credential can have them again: AES-256-GCM under a key derived from the credential, which
 * the platform itself stores only as a hash. Each derived key seals one body, so a constant nonce
 * is safe.
 */
final class SealedBody {

  private static final byte[] NONCE = new byte[12];
  private static final int TAG_BITS = 128;

  private SealedBody() {}

  static byte[] seal(byte[] body, String credential, IdempotencyKey key) {
    try {
      return cipher(Cipher.ENCRYPT_MODE, credential, key).doFinal(body);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has AES-GCM", e);
    }
  }

  /** The body; empty when this credential is not the one that sealed it. */
  static Optional<byte[]> open(byte[] sealed, String credential, IdempotencyKey key) {
    try {
      return Optional.of(cipher(Cipher.DECRYPT_MODE, credential, key).doFinal(sealed));
    } catch (GeneralSecurityException e) {
      return Optional.empty();
    }
  }

  private static Cipher cipher(int mode, String credential, IdempotencyKey key)
      throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(credential.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    byte[] derived =
        mac.doFinal(
            ("idempotency|" + key.route() + "|" + key.text()).getBytes(StandardCharsets.UTF_8));
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, new SecretKeySpec(derived, "AES"), new GCMParameterSpec(TAG_BITS, NONCE));
    return cipher;
  }
}
