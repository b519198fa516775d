package io.a2g.common.secret;

import java.util.regex.Pattern;

/**
 * Where an encrypted secret is kept. It is part of what is authenticated, so a ciphertext that was
 * moved to another row or column does not open there.
 *
 * @param table with its schema, such as {@code users.signing_keys}
 * @param rowId its identity; never used again for another row
 * @param column such as {@code private_key}
 */
public record SecretPlace(String table, long rowId, String column) {

  private static final Pattern NAME = Pattern.compile("[a-z_.]+");

  public SecretPlace {
    if (!NAME.matcher(table).matches() || !NAME.matcher(column).matches()) {
      throw new IllegalArgumentException("not the name of a table and a column");
    }
  }

  /** What is authenticated beside the ciphertext; no part can hold the sign between them. */
  String with(String keyId) {
    return table + "|" + rowId + "|" + column + "|" + keyId;
  }
}
