package io.a2g.common.peer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The secret of this service's OAuth client. It never appears in a log or an answer.
 *
 * @param text empty: none
 */
record ClientSecret(String text) {

  /**
   * @throws InvalidPeerSettings when the file cannot be read or is empty
   */
  static ClientSecret of(PeerProperties settings) {
    return settings.clientSecret().isBlank() && !settings.clientSecretFile().isBlank()
        ? read(settings.clientSecretFile())
        : new ClientSecret(settings.clientSecret().strip());
  }

  private static ClientSecret read(String file) {
    try {
      String text = Files.readString(Path.of(file)).strip();
      if (!text.isEmpty()) {
        return new ClientSecret(text);
      }
    } catch (IOException e) {
      throw new InvalidPeerSettings(
          "The file with the client secret, %s, cannot be read.".formatted(file));
    }
    throw new InvalidPeerSettings("The file with the client secret, %s, is empty.".formatted(file));
  }

  boolean isPresent() {
    return !text.isEmpty();
  }

  /** Never the secret. */
  @Override
  public String toString() {
    return isPresent() ? "client secret" : "no client secret";
  }
}
