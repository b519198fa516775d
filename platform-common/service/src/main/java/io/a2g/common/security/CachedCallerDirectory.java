package io.a2g.common.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.a2g.common.topology.ReferenceTarget;
import io.a2g.common.topology.TargetChanged;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;

/**
 * Remembers callers for a short time, so that a busy client does not cost a query per request. The
 * time is the longest that a revocation or a change of role can go unnoticed. Unknown credentials
 * are not remembered: they would push good ones out.
 */
class CachedCallerDirectory implements CallerDirectory {

  private final CallerDirectory directory;
  // By the SHA-256 of a key, or by what a token says.
  private final Cache<Object, Caller> callers;

  CachedCallerDirectory(CallerDirectory directory, Duration timeToLive, int maximumSize) {
    this.directory = directory;
    this.callers =
        Caffeine.newBuilder().expireAfterWrite(timeToLive).maximumSize(maximumSize).build();
  }

  @Override
  public Optional<Caller> find(ApiKey key) {
    return find(ByteBuffer.wrap(key.sha256()), () -> directory.find(key));
  }

  @Override
  public Optional<Caller> find(AccessToken token) {
    return find(token, () -> directory.find(token));
  }

  private Optional<Caller> find(Object credential, Supplier<Optional<Caller>> question) {
    @Nullable Caller known = callers.getIfPresent(credential);
    if (known != null) {
      return Optional.of(known);
    }
    Optional<Caller> found = question.get();
    found.ifPresent(caller -> callers.put(credential, caller));
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
