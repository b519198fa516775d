package io.a2g.common.peer;

/**
 * Another service understood a call and refused it. The place that calls knows what that means;
 * caught anywhere else, it would hide a bug.
 */
public class PeerRefused extends RuntimeException {

  private final String code;

  PeerRefused(String peer, String path, int status, String code) {
    super("%s refused %s: %d %s".formatted(peer, path, status, code));
    this.code = code;
  }

  /** The problem's stable code, such as {@code already_exists}; empty when there was none. */
  public String code() {
    return code;
  }
}
