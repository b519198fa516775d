package io.a2g.common.ratelimit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import io.a2g.common.secret.Sha256;
import java.nio.ByteBuffer;
import java.time.Duration;

/**
 * Credentials that were valid a short while ago. They pass whatever their address did, so that
 * guessing behind the same proxy keeps out only those who are not at work yet. Each use counts
 * anew; one that is refused is forgotten.
 */
final class KnownCredentials {

  private static final int REMEMBERED = 10_000;
  private static final Duration REMEMBERED_FOR = Duration.ofMinutes(10);

  private final Cache<ByteBuffer, Boolean> known;

  KnownCredentials(Ticker time) {
    known =
        Caffeine.newBuilder()
            .ticker(time)
            .maximumSize(REMEMBERED)
            .expireAfterAccess(REMEMBERED_FOR)
            .build();
  }

  boolean contains(String credential) {
    return known.getIfPresent(digest(credential)) != null;
  }

  void add(String credential) {
    known.put(digest(credential), true);
  }

  void remove(String credential) {
    known.invalidate(digest(credential));
  }

  // Not the credential itself: it would stay in memory for minutes.
  private static ByteBuffer digest(String credential) {
    return ByteBuffer.wrap(Sha256.of(credential));
  }
}
