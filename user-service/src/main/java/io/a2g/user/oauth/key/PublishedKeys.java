package io.a2g.user.oauth.key;

import com.nimbusds.jose.jwk.JWK;
import io.a2g.common.deadline.RequestDeadline;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * The published keys, also while the database is away: resource servers that cannot read them would
 * refuse every token. They are read anew for each question, so that all replicas tell of a change
 * at once; when that takes too long or fails, those that were read last are told.
 */
@Component
public class PublishedKeys {

  private static final Logger log = LoggerFactory.getLogger(PublishedKeys.class);

  private static final Duration PATIENCE = Duration.ofMillis(500);
  private static final Duration DEADLINE = Duration.ofSeconds(10);

  private final SigningKeys keys;
  private List<JWK> known = List.of();
  private CompletableFuture<List<JWK>> reading = CompletableFuture.completedFuture(List.of());

  PublishedKeys(SigningKeys keys) {
    this.keys = keys;
  }

  /** The public halves of the keys whose tokens are accepted, or will be; makes the first key. */
  public List<JWK> get() {
    CompletableFuture<List<JWK>> read = read();
    List<JWK> last = known();
    try {
      return last.isEmpty() ? read.join() : read.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      log.debug("Published keys are told from memory", e);
      return last;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return last;
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  private synchronized List<JWK> known() {
    return known;
  }

  // Those who ask while it takes long share one reading.
  private synchronized CompletableFuture<List<JWK>> read() {
    if (reading.isDone()) {
      reading = new CompletableFuture<>();
      reading.completeAsync(this::published, task -> Thread.ofVirtual().start(task));
    }
    return reading;
  }

  private List<JWK> published() {
    try (var _ = RequestDeadline.begin(DEADLINE)) {
      List<JWK> published = keys.published();
      // A client that asks before the first token was signed must not be left with an empty set.
      if (published.isEmpty()) {
        keys.signing();
        published = keys.published();
      }
      remember(published);
      return published;
    }
  }

  private synchronized void remember(List<JWK> published) {
    known = published;
  }
}
