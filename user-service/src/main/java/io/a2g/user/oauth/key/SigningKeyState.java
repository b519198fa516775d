package io.a2g.user.oauth.key;

/** What a signing key is for at the moment. */
public enum SigningKeyState {
  /** Published, so that everybody knows it when it begins to sign. */
  NEXT,
  /** Signs every new token. */
  SIGNING,
  /** Signs no more; tokens signed by it are accepted until they expire. */
  RETIRING,
  /** Not published any more: nothing signed by it is accepted. */
  WITHDRAWN
}
