package io.a2g.common.secret;

/** What should encrypt secrets cannot. The message says what to change and never holds a key. */
public class InvalidMasterKeys extends IllegalArgumentException {

  InvalidMasterKeys(String message) {
    super(message);
  }
}
