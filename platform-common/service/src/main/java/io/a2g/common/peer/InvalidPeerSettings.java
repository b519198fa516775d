package io.a2g.common.peer;

/** The service cannot start with these settings; the message says what to change. */
final class InvalidPeerSettings extends RuntimeException {

  InvalidPeerSettings(String message) {
    super(message);
  }
}
