package io.a2g.common.reference.remote;

import io.a2g.common.reference.PinCondition;
import io.a2g.common.reference.ReferenceNotFound;
import io.a2g.common.reference.ReferenceRouter;
import io.a2g.common.reference.ReferenceVerifier;
import io.a2g.common.topology.Pin;
import io.a2g.common.topology.PlatformSchema;
import io.a2g.common.topology.ReferenceTarget;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Pins targets in this database by their functions, and reserves those in others at their owners,
 * one call for each owner. The calls come first, so that no lock here waits for another service.
 */
final class RoutedVerifier implements ReferenceVerifier {

  private final ReferenceRouter router;
  private final ReservationOutcomes outcomes;
  private final ForeignDeletions deletions;

  RoutedVerifier(ReferenceRouter router, ReservationOutcomes outcomes, ForeignDeletions deletions) {
    this.router = router;
    this.outcomes = outcomes;
    this.deletions = deletions;
  }

  @Override
  public void pin(Pin... pins) {
    requireTransaction();
    List<Pin> remote = Stream.of(pins).filter(this::isRemote).toList();
    List<Pin> here = Stream.of(pins).filter(pin -> !isRemote(pin)).toList();
    UUID reservation = UUID.randomUUID();
    Set<Pin> live = new HashSet<>(reserve(reservation, remote));
    live.addAll(router.database().pin(reservation, here));
    List<Pin> missing = Stream.of(pins).filter(pin -> !live.contains(pin)).toList();
    if (!missing.isEmpty()) {
      throw new ReferenceNotFound(missing);
    }
  }

  @Override
  public PinCondition condition(Pin... pins) {
    if (Stream.of(pins).anyMatch(this::isRemote)) {
      return ReferenceVerifier.super.condition(pins);
    }
    requireTransaction();
    return PinCondition.of(List.of(pins));
  }

  @Override
  public void pinAll(
      String field, ReferenceTarget target, Collection<Long> ids, @Nullable Object... arguments) {
    String function = target.batchPinFunction();
    if (function == null || router.isRemote(target)) {
      ReferenceVerifier.super.pinAll(field, target, ids, arguments);
      return;
    }
    requireTransaction();
    ReferenceVerifier.requireBatch(ids);
    if (!ids.isEmpty()) {
      List<Long> missing = router.database().pinAll(function, ids, arguments);
      if (!missing.isEmpty()) {
        throw new ReferenceNotFound(field, target, missing);
      }
    }
  }

  // Those that are live; the reservation is used when all are.
  private Set<Pin> reserve(UUID reservation, List<Pin> pins) {
    Set<Pin> live = new HashSet<>();
    if (pins.isEmpty()) {
      return live;
    }
    // Also begins the transaction on the server, which then bounds how long it can pause.
    Map<PlatformSchema, List<Pin>> byOwner =
        deletions.beginAndFilter(pins).stream()
            .collect(
                Collectors.groupingBy(
                    pin -> pin.target().owner(), TreeMap::new, Collectors.toList()));
    for (List<Pin> ofOwner : byOwner.values()) {
      live.addAll(router.owner(ofOwner.getFirst().target()).pin(reservation, ofOwner));
    }
    if (live.containsAll(pins)) {
      outcomes.hold(reservation);
    }
    return live;
  }

  private boolean isRemote(Pin pin) {
    return router.isRemote(pin.target());
  }

  private static void requireTransaction() {
    if (!TransactionSynchronizationManager.isActualTransactionActive()) {
      throw new IllegalStateException("a reference is pinned in the transaction that stores it");
    }
  }
}
