package io.a2g.common.reference.remote;

import io.a2g.common.error.ProblemException;
import io.a2g.common.error.ProblemType;
import io.a2g.common.error.RetryLater;
import io.a2g.common.reference.DatabaseReferenceHolder;
import io.a2g.common.reference.DatabaseTargetOwner;
import io.a2g.common.topology.Pin;
import io.a2g.common.topology.PlatformSchema;
import io.a2g.common.topology.ReferenceTarget;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.validation.Valid;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/**
 * What this service does for others, as the owner of targets and as a holder of references. For
 * other services only, and in no public document.
 */
@Hidden
@RestController
class InternalReferenceController {

  private static final Duration SOON = Duration.ofSeconds(1);

  private final PlatformSchema own;
  private final Reservations reservations;
  private final ReservationOutcomes outcomes;
  private final ForeignDeletions deletions;
  private final DatabaseTargetOwner owner;
  private final DatabaseReferenceHolder holder;
  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;
  private final ApplicationEventPublisher events;

  InternalReferenceController(
      PlatformSchema own,
      Reservations reservations,
      ReservationOutcomes outcomes,
      ForeignDeletions deletions,
      JdbcClient jdbc,
      TransactionTemplate transaction,
      ApplicationEventPublisher events) {
    this.own = own;
    this.reservations = reservations;
    this.outcomes = outcomes;
    this.deletions = deletions;
    this.owner = new DatabaseTargetOwner(jdbc);
    this.holder = new DatabaseReferenceHolder(jdbc, List.of(own));
    this.jdbc = jdbc;
    this.transaction = transaction;
    this.events = events;
  }

  @PostMapping(Protocol.RESERVE)
  Protocol.Reserved reserve(@Valid @RequestBody Protocol.Reserve body) {
    List<Pin> pins = body.pins().stream().map(this::typed).toList();
    if (pins.stream().anyMatch(pin -> !pin.target().holders().contains(body.holder()))) {
      throw new ProblemException(
          ProblemType.VALIDATION_FAILED,
          body.holder().schemaName() + " declares no such reference; it would not be asked.");
    }
    Set<Pin> live = reservations.reserve(body.reservation(), body.holder(), pins);
    return new Protocol.Reserved(
        IntStream.range(0, pins.size()).filter(i -> !live.contains(pins.get(i))).boxed().toList());
  }

  // Fails when a reservation is being used for longer than can be waited for.
  @PostMapping(Protocol.SETTLE)
  Protocol.Settled settle(@Valid @RequestBody Protocol.Settle body) {
    require(!ReferenceTarget.heldBy(own).isEmpty());
    return transaction.execute(status -> {
      Reservations.limitLockWait(jdbc);
      return new Protocol.Settled(outcomes.abandon(body.ids()));
    });
  }

  @PostMapping(Protocol.HOLDING)
  Protocol.Holdings holding(@Valid @RequestBody Protocol.Ask body) {
    requireHolder(body.target());
    return new Protocol.Holdings(holder.referrers(body.target(), body.ids(), body.purge()));
  }

  @PostMapping(Protocol.HAND_OVER)
  Protocol.HandedOver handOver(@Valid @RequestBody Protocol.HandOver body) {
    requireHolder(body.target());
    return transaction.execute(status -> {
      Reservations.limitLockWait(jdbc);
      if (outcomes.tryHold(body.reservation())) {
        return new Protocol.HandedOver(holder.handOver(body.target(), body.from(), body.to()));
      }
      if (outcomes.isHeld(body.reservation())) {
        // The first call did it and only its answer was lost. Doing it again, perhaps much later,
        // could give rows to a target that is gone by now.
        return new Protocol.HandedOver(0);
      }
      throw new RetryLater("The new target is not reserved any more.", SOON);
    });
  }

  @PostMapping(Protocol.STATES)
  Protocol.States states(@Valid @RequestBody Protocol.Rows body) {
    require(body.target().owner() == own);
    return new Protocol.States(owner.states(body.target(), body.ids()));
  }

  @PostMapping(Protocol.NAMES)
  Protocol.KnownNames names(@Valid @RequestBody Protocol.Rows body) {
    require(body.target().owner() == own);
    return new Protocol.KnownNames(owner.names(body.target(), body.ids()));
  }

  @PostMapping(Protocol.CONTACTS)
  Protocol.KnownNames contacts(@Valid @RequestBody Protocol.Rows body) {
    require(body.target() == ReferenceTarget.USER && own == PlatformSchema.USERS);
    return new Protocol.KnownNames(owner.contacts(body.ids()));
  }

  // Remembers what happened to targets, and lets caches forget them.
  @PostMapping(Protocol.EVENTS)
  Protocol.Done events(@Valid @RequestBody Protocol.Events body) {
    require(!ReferenceTarget.heldBy(own).isEmpty());
    if (!body.events().isEmpty()) {
      transaction.execute(status -> deletions.apply(body.events())).forEach(events::publishEvent);
    }
    return new Protocol.Done();
  }

  // JSON has one kind of number; the pin functions take bigint.
  private Pin typed(Pin pin) {
    require(pin.target().owner() == own);
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

  private void requireHolder(ReferenceTarget target) {
    require(target.holders().contains(own));
  }

  private void require(boolean mine) {
    if (!mine) {
      throw new ProblemException(
          ProblemType.VALIDATION_FAILED,
          own.serviceName() + " is the wrong one to ask; the URLs of the services are mixed up.");
    }
  }
}
