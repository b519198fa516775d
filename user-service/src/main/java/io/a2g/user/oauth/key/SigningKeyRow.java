package io.a2g.user.oauth.key;

import org.jspecify.annotations.Nullable;

/**
 * A row of {@code users.signing_keys} with its private half; exactly one of the two is there.
 *
 * @param clear PKCS #8, as the release before kept it
 * @param sealed PKCS #8, encrypted for this row
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record SigningKeyRow(long id, String publicJwk, byte @Nullable [] clear, @Nullable String sealed) {

  /** Never the private half: records print their components. */
  @Override
  public String toString() {
    return "SigningKeyRow[id=" + id + "]";
  }
}
