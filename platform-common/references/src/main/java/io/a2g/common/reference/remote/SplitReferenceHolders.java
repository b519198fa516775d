package io.a2g.common.reference.remote;

import io.a2g.common.error.FieldProblem;
import io.a2g.common.error.ProblemException;
import io.a2g.common.error.ProblemType;
import io.a2g.common.peer.PeerRefused;
import io.a2g.common.peer.Peers;
import io.a2g.common.reference.DatabaseReferenceHolders;
import io.a2g.common.reference.Holding;
import io.a2g.common.reference.ReferenceHolders;
import io.a2g.common.reference.StillReferenced;
import io.a2g.common.topology.PlatformSchema;
import io.a2g.common.topology.ReferenceTarget;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Asks holders in this database by their functions, and those in others over HTTP. */
final class SplitReferenceHolders implements ReferenceHolders {

  private static final String TRANSFER_TO = "transfer_to";

  private final DatabaseReferenceHolders database;
  private final Peers peers;
  private final Reservations reservations;
  private final Settlement settlement;
  private final JdbcClient jdbc;

  SplitReferenceHolders(
      DatabaseReferenceHolders database,
      Peers peers,
      Reservations reservations,
      Settlement settlement,
      JdbcClient jdbc) {
    this.database = database;
    this.peers = peers;
    this.reservations = reservations;
    this.settlement = settlement;
    this.jdbc = jdbc;
  }

  @Override
  public void requireDeletable(ReferenceTarget target, long id) {
    List<Holding> holding = ask(target, List.of(id), false);
    if (!holding.isEmpty()) {
      throw new StillReferenced(target, holding);
    }
  }

  @Override
  public List<Holding> holding(ReferenceTarget target, Collection<Long> ids) {
    return ids.isEmpty() ? List.of() : ask(target, ids, true);
  }

  private List<Holding> ask(ReferenceTarget target, Collection<Long> ids, boolean purge) {
    if (!TransactionSynchronizationManager.isActualTransactionActive()) {
      throw new IllegalStateException("holders are asked in the transaction that has the lock");
    }
    // First, because what is held can only be seen when no reservation is open. In any mode: a
    // holder that is here now may have made some while it was elsewhere.
    settlement.of(target, ids);
    List<Holding> holding = new ArrayList<>(database.ask(here(target), target, ids, purge));
    for (PlatformSchema holder : elsewhere(target)) {
      holding.addAll(
          peers
              .remote(holder)
              .post(
                  Protocol.HOLDING,
                  new Protocol.Ask(target, List.copyOf(ids), purge),
                  Protocol.Holdings.class)
              .holding());
    }
    return holding;
  }

  /**
   * As the interface says for holders here. A holder elsewhere commits by itself: when the caller's
   * transaction fails afterwards, the rows have their new target all the same, and the caller can
   * repeat the whole.
   */
  @Override
  public long handOver(ReferenceTarget target, long from, long to) {
    long rows = database.handOver(here(target), target, from, to);
    for (PlatformSchema holder : elsewhere(target)) {
      rows += handOver(holder, target, from, to);
    }
    return rows;
  }

  // The request may arrive when this transaction, and with it the lock on the new target, is long
  // gone. The reservation stands in for the lock; a deletion of the new target settles it.
  private long handOver(PlatformSchema holder, ReferenceTarget target, long from, long to) {
    UUID reservation = UUID.randomUUID();
    reservations.reserveLocked(reservation, holder, target, to);
    requireStillLocked();
    try {
      return peers
          .remote(holder)
          .post(
              Protocol.HAND_OVER,
              new Protocol.HandOver(reservation, target, from, to),
              Protocol.HandedOver.class)
          .rows();
    } catch (PeerRefused e) {
      if (!e.code().equals(ProblemType.ALREADY_EXISTS.code())) {
        throw e;
      }
      throw nameTaken(holder);
    }
  }

  // Fails when this transaction has ended on the server.
  private void requireStillLocked() {
    jdbc.sql("SELECT 1").query(Integer.class).single();
  }

  private static ProblemException nameTaken(PlatformSchema holder) {
    String message =
        "%s has something of the same name for both; rename one of the two first."
            .formatted(holder.serviceName());
    return new ProblemException(
        ProblemType.ALREADY_EXISTS,
        message,
        List.of(new FieldProblem(TRANSFER_TO, ProblemType.ALREADY_EXISTS.code(), message)));
  }

  private Set<PlatformSchema> here(ReferenceTarget target) {
    return target.holders().stream()
        .filter(holder -> !peers.isRemote(holder))
        .collect(Collectors.toSet());
  }

  private List<PlatformSchema> elsewhere(ReferenceTarget target) {
    return target.holders().stream().filter(peers::isRemote).sorted().toList();
  }
}
