package io.a2g.common.reference.remote;

import io.a2g.common.error.ProblemException;
import io.a2g.common.error.ProblemType;
import io.a2g.common.error.RetryLater;
import io.a2g.common.reference.DatabaseReferenceHolders;
import io.a2g.common.reference.DatabaseTargetNames;
import io.a2g.common.reference.DatabaseTargetStates;
import io.a2g.common.reference.Holding;
import io.a2g.common.topology.Pin;
import io.a2g.common.topology.PlatformSchema;
import io.a2g.common.topology.ReferenceTarget;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** What this service does for others: as the owner of targets and as a holder of references. */
public final class InternalReferences {

  private static final Duration SOON = Duration.ofSeconds(1);

  private final PlatformSchema own;
  private final Reservations reservations;
  private final Marks marks;
  private final ForeignDeletions deletions;
  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;
  private final ApplicationEventPublisher events;

  InternalReferences(
      PlatformSchema own,
      Tables tables,
      JdbcClient jdbc,
      TransactionTemplate transaction,
      ApplicationEventPublisher events) {
    this.own = own;
    this.reservations = tables.reservations();
    this.marks = tables.marks();
    this.deletions = tables.deletions();
    this.jdbc = jdbc;
    this.transaction = transaction;
    this.events = events;
  }

  /** The tables of this schema; those that it has not are not touched. */
  record Tables(Reservations reservations, Marks marks, ForeignDeletions deletions) {}

  /**
   * As the owner: pins and reserves.
   *
   * @return positions of the pins whose target is not live
   */
  public List<Integer> reserve(UUID reservation, PlatformSchema holder, List<Pin> pins) {
    List<Pin> typed = pins.stream().map(this::typed).toList();
    if (typed.stream().anyMatch(pin -> !pin.target().holders().contains(holder))) {
      throw new ProblemException(
          ProblemType.VALIDATION_FAILED,
          holder.schemaName() + " declares no such reference; it would not be asked.");
    }
    List<Boolean> found = reservations.reserve(reservation, holder, typed);
    List<Integer> missing = new ArrayList<>();
    for (int i = 0; i < found.size(); i++) {
      if (!found.get(i)) {
        missing.add(i);
      }
    }
    return missing;
  }

  /**
   * As a holder: ends these reservations; returns how many were not used.
   *
   * @throws RuntimeException when one is being used for longer than can be waited for
   */
  public int settle(List<UUID> ids) {
    requireHolder();
    return transaction.execute(status -> {
      LockWait.limit(jdbc);
      return marks.abandon(ids);
    });
  }

  /** As a holder: what refers to these targets. */
  public List<Holding> holding(ReferenceTarget target, List<Long> ids, boolean purge) {
    requireHolder(target);
    return transaction.execute(
        status -> new DatabaseReferenceHolders(jdbc).ask(Set.of(own), target, ids, purge));
  }

  /** As a holder: gives the rows another target; returns how many. */
  public long handOver(UUID reservation, ReferenceTarget target, long from, long to) {
    requireHolder(target);
    return transaction.execute(status -> {
      LockWait.limit(jdbc);
      if (marks.tryHold(reservation)) {
        return new DatabaseReferenceHolders(jdbc).handOver(Set.of(own), target, from, to);
      }
      if (marks.isHeld(reservation)) {
        // The first call did it and only its answer was lost. Doing it again, perhaps much later,
        // could give rows to a target that is gone by now.
        return 0L;
      }
      throw new RetryLater("The new target is not reserved any more.", SOON);
    });
  }

  /** As the owner: see {@link io.a2g.common.topology.TargetStates}. */
  public Protocol.States states(Protocol.Rows rows) {
    requireOwner(rows.target());
    return new Protocol.States(new DatabaseTargetStates(jdbc).statesOf(rows.target(), rows.ids()));
  }

  /** As the owner: see {@link io.a2g.common.reference.TargetNames}. */
  public Protocol.KnownNames names(Protocol.Rows rows) {
    requireOwner(rows.target());
    return new Protocol.KnownNames(new DatabaseTargetNames(jdbc).now(rows.target(), rows.ids()));
  }

  /** As the owner: see {@link io.a2g.common.reference.TargetNames#contactsOf}. */
  public Protocol.KnownNames contacts(Protocol.Rows rows) {
    requireOwner(rows.target());
    require(rows.target() == ReferenceTarget.USER);
    return new Protocol.KnownNames(new DatabaseTargetNames(jdbc).contactsOf(rows.ids()));
  }

  /** As a holder: remembers what happened to targets, and lets caches forget them. */
  public void apply(List<Protocol.Event> happened) {
    requireHolder();
    if (!happened.isEmpty()) {
      transaction.execute(status -> deletions.apply(happened)).forEach(events::publishEvent);
    }
  }

  // JSON has one kind of number; the pin functions take bigint.
  private Pin typed(Pin pin) {
    requireOwner(pin.target());
    List<@Nullable Object> arguments = new ArrayList<>();
    for (Object argument : pin.arguments()) {
      arguments.add(argument instanceof Integer number ? Long.valueOf(number) : argument);
    }
    if (arguments.isEmpty() || !(arguments.getFirst() instanceof Long)) {
      throw new ProblemException(
          ProblemType.VALIDATION_FAILED, "The first argument of a pin is the id.");
    }
    return new Pin(pin.field(), pin.target(), arguments);
  }

  private void requireOwner(ReferenceTarget target) {
    require(target.owner() == own);
  }

  private void requireHolder(ReferenceTarget target) {
    require(target.holders().contains(own));
  }

  private void requireHolder() {
    Set<ReferenceTarget> held = ReferenceTarget.heldBy(own);
    require(!held.isEmpty());
  }

  private void require(boolean mine) {
    if (!mine) {
      throw new ProblemException(
          ProblemType.VALIDATION_FAILED,
          own.serviceName() + " is the wrong one to ask; the URLs of the services are mixed up.");
    }
  }
}
