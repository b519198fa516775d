package io.a2g.common.reference.remote;

import io.a2g.common.error.RetryLater;
import io.a2g.common.peer.PeerRefused;
import io.a2g.common.topology.PlatformSchema;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Settles reservations in the background, so that few are left when a row is deleted. It decides
 * nothing by their age: a holder that does not answer keeps its reservations.
 */
public final class Sweeper {

  private static final Logger log = LoggerFactory.getLogger(Sweeper.class);

  private static final int PAGE = 500;

  private final Reservations reservations;
  private final Settlement settlement;
  private final Duration age;
  private final TransactionTemplate transaction;

  /**
   * @param age what is younger is left alone: its transaction may still run
   */
  Sweeper(
      Reservations reservations,
      Settlement settlement,
      Duration age,
      TransactionTemplate transaction) {
    this.reservations = reservations;
    this.settlement = settlement;
    this.age = age;
    this.transaction = transaction;
  }

  /** Settles what is old enough; returns how many. */
  public long sweep() {
    return reservations.holdersWithOlder(age).stream().mapToLong(this::sweep).sum();
  }

  private long sweep(PlatformSchema holder) {
    long settled = 0;
    try {
      int page = PAGE;
      while (page == PAGE) {
        page = transaction.execute(status -> sweepPage(holder));
        settled += page;
      }
    } catch (RetryLater | PeerRefused e) {
      log.warn("Reservations of {} stay for now: {}", holder.serviceName(), e.getMessage());
    }
    return settled;
  }

  private int sweepPage(PlatformSchema holder) {
    List<UUID> ids = reservations.lockOlder(holder, age, PAGE);
    if (!ids.isEmpty()) {
      settlement.settle(holder, ids.stream().distinct().toList());
    }
    return ids.size();
  }
}
