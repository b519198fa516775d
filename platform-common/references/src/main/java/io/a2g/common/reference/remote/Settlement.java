package io.a2g.common.reference.remote;

import io.a2g.common.error.RetryLater;
import io.a2g.common.peer.PeerClient;
import io.a2g.common.peer.PeerRefused;
import io.a2g.common.peer.Peers;
import io.a2g.common.reference.remote.Reservations.Reservation;
import io.a2g.common.topology.PlatformSchema;
import io.a2g.common.topology.ReferenceTarget;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionTemplate;

/** Ends reservations: afterwards each was used, and its row is committed, or never will be. */
final class Settlement {

  private static final Logger log = LoggerFactory.getLogger(Settlement.class);

  private static final int PAGE = 500;

  private final Reservations reservations;
  private final Peers peers;
  private final TransactionTemplate transaction;

  Settlement(Reservations reservations, Peers peers, TransactionTemplate transaction) {
    this.reservations = reservations;
    this.peers = peers;
    this.transaction = transaction;
  }

  /**
   * Settles all reservations of rows that the caller's transaction has locked, so that no other can
   * come. This is done wherever their holders are now: a schema may have moved.
   *
   * @throws RetryLater when a holder cannot say; then nothing may be deleted
   */
  void of(ReferenceTarget target, Collection<Long> ids) {
    List<Reservation> page = reservations.of(target, ids, PAGE);
    while (!page.isEmpty()) {
      Map<PlatformSchema, List<UUID>> byHolder =
          page.stream()
              .collect(
                  Collectors.groupingBy(
                      Reservation::holder,
                      Collectors.mapping(Reservation::id, Collectors.toList())));
      byHolder.forEach(this::settle);
      page = reservations.of(target, ids, PAGE);
    }
  }

  /**
   * Settles reservations in the background, so that few are left when a row is deleted. Decides
   * nothing by their age: a holder that does not answer keeps its reservations.
   *
   * @param age what is younger is left alone: its transaction may still run
   */
  void ofOlder(Duration age) {
    for (PlatformSchema holder : reservations.holdersWithOlder(age)) {
      try {
        while (transaction.execute(status -> settlePage(holder, age)) == PAGE) {
          // The next page.
        }
      } catch (RetryLater | PeerRefused e) {
        log.warn("Reservations of {} stay for now: {}", holder.serviceName(), e.getMessage());
      }
    }
  }

  private int settlePage(PlatformSchema holder, Duration age) {
    List<UUID> ids = reservations.lockOlder(holder, age, PAGE);
    if (!ids.isEmpty()) {
      settle(holder, ids.stream().distinct().toList());
    }
    return ids.size();
  }

  private void settle(PlatformSchema holder, List<UUID> ids) {
    PeerClient client =
        peers
            .client(holder)
            .orElseThrow(() -> {
              log.error(
                  "{} has reservations here and cannot be asked about them: set {}",
                  holder.serviceName(),
                  holder.urlVariable());
              return new RetryLater(
                  holder.serviceName() + " cannot be asked; nothing was deleted.",
                  Duration.ofSeconds(5));
            });
    client.post(Protocol.SETTLE, new Protocol.Settle(ids), Protocol.Settled.class);
    reservations.remove(ids);
  }
}
