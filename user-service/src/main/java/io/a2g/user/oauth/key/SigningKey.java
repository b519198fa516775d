package io.a2g.user.oauth.key;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A key that signs tokens, will, or did; without its private half.
 *
 * @param kid the key id in the headers of its tokens
 * @param signsFrom when it takes over
 * @param publishedUntil when its tokens cease to be accepted; null while no key follows it
 * @param masterKey id of the master key that encrypts its private half; null: it is in clear text,
 *     for some minutes after an upgrade
 */
public record SigningKey(
    long id,
    String kid,
    State state,
    Instant signsFrom,
    @Nullable Instant publishedUntil,
    Instant createdAt,
    @Nullable String masterKey) {

  /** What it does at the moment. */
  public enum State {
    /** Published, so that every service knows it when it begins to sign. */
    NEXT,
    /** Signs every new token. */
    SIGNING,
    /** Signs no more; tokens signed by it are accepted until they expire. */
    RETIRING,
    /** Not published any more: nothing signed by it is accepted. */
    WITHDRAWN
  }
}
