package io.a2g.common.secret;

/** A secret cannot be taken from where the settings say it is. The message never holds a secret. */
public class InvalidSecretFile extends IllegalArgumentException {

  InvalidSecretFile(String message) {
    super(message);
  }
}
