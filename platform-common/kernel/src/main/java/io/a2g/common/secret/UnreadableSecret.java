package io.a2g.common.secret;

/**
 * An encrypted secret does not open: it was changed or moved, or its master key is not configured.
 * The message is for the log; it holds neither the secret nor its ciphertext.
 */
public class UnreadableSecret extends RuntimeException {

  UnreadableSecret(SecretPlace place, String cause) {
    super(
        "The secret in %s, row %d, column %s cannot be read: %s."
            .formatted(place.table(), place.rowId(), place.column(), cause));
  }
}
