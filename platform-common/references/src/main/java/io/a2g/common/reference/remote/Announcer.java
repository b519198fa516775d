package io.a2g.common.reference.remote;

import io.a2g.common.error.RetryLater;
import io.a2g.common.peer.PeerRefused;
import io.a2g.common.peer.Peers;
import io.a2g.common.reference.remote.Outbox.Placed;
import io.a2g.common.reference.remote.Outbox.Subscription;
import io.a2g.common.topology.PlatformSchema;
import io.a2g.common.topology.ReferenceTarget;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Tells holders in other databases what happened to rows here: at least once, in order, as often as
 * it takes. Replicas share the work; each holder is told by one of them at a time. While no holder
 * is elsewhere, events are kept for their thirty days and not told.
 */
final class Announcer {

  private static final Logger log = LoggerFactory.getLogger(Announcer.class);

  private static final int BATCH = 200;

  private final Set<PlatformSchema> subscribers;
  private final Outbox outbox;
  private final Peers peers;
  private final TransactionTemplate transaction;
  private volatile boolean subscribed;

  Announcer(PlatformSchema own, Outbox outbox, Peers peers, TransactionTemplate transaction) {
    this.subscribers =
        ReferenceTarget.ownedBy(own).stream()
            .flatMap(target -> target.holders().stream())
            .filter(peers::isRemote)
            .collect(Collectors.toSet());
    this.outbox = outbox;
    this.peers = peers;
    this.transaction = transaction;
  }

  /** Tells all holders what they do not know yet, as far as they answer. */
  void announce() {
    // The subscribers are a setting, so once is enough; without any, nothing more is asked.
    if (!subscribed) {
      transaction.executeWithoutResult(status -> outbox.subscribe(subscribers));
      subscribed = true;
    }
    if (subscribers.isEmpty()) {
      return;
    }
    transaction.executeWithoutResult(status -> outbox.place());
    for (PlatformSchema subscriber : subscribers) {
      boolean more = true;
      while (more) {
        more = Boolean.TRUE.equals(transaction.execute(status -> tellSome(subscriber)));
      }
    }
  }

  private boolean tellSome(PlatformSchema subscriber) {
    Subscription subscription = outbox.lockDue(subscriber).orElse(null);
    if (subscription == null) {
      return false;
    }
    List<Placed> next = outbox.after(subscription.position(), BATCH);
    if (next.isEmpty()) {
      return false;
    }
    try {
      peers
          .remote(subscriber)
          .post(
              Protocol.EVENTS,
              new Protocol.Events(next.stream().map(Placed::event).toList()),
              Protocol.Done.class);
    } catch (RetryLater | PeerRefused e) {
      log.warn(
          "{} was not told about {} events and will be: {}",
          subscriber.serviceName(),
          next.size(),
          e.getMessage());
      outbox.failed(subscriber, subscription.failures() + 1);
      return false;
    }
    outbox.told(subscriber, next.getLast().position());
    return next.size() == BATCH;
  }
}
