package io.a2g.common.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.a2g.common.reference.ReferenceTarget;
import io.a2g.common.reference.remote.TargetChanged;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;

/**
 * Remembers callers for a short time, so that a busy client does not cost a query per request. The
 * time is the longest that a revocation or a change of role can go unnoticed. Unknown keys are not
 * remembered: they would push good ones out.
 */
class CachedCallerDirectory implements CallerDirectory {

  private final CallerDirectory directory;
  private final Cache<ByteBuffer, Caller> callers;

  CachedCallerDirectory(CallerDirectory directory, Duration timeToLive, int maximumSize) {
    this.directory = directory;
    this.callers =
        Caffeine.newBuilder().expireAfterWrite(timeToLive).maximumSize(maximumSize).build();
  }

  @Override
  public Optional<Caller> find(ApiKey key) {
    ByteBuffer digest = ByteBuffer.wrap(key.sha256());
    @Nullable Caller known = callers.getIfPresent(digest);
    if (known != null) {
      return Optional.of(known);
    }
    Optional<Caller> found = directory.find(key);
    found.ifPresent(caller -> callers.put(digest, caller));
    return found;
  }

  /** Forgets callers whose user is gone, where another database's service tells so. */
  @EventListener
  void forget(TargetChanged event) {
    if (event.target() == ReferenceTarget.USER) {
      callers.asMap().values().removeIf(caller -> caller.userId() == event.id());
    }
  }
}
