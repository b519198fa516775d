package io.a2g.common.reference.remote;

import io.a2g.common.peer.Peers;
import io.a2g.common.reference.DatabaseReferenceVerifier;
import io.a2g.common.reference.PinCondition;
import io.a2g.common.reference.ReferenceNotFound;
import io.a2g.common.reference.ReferenceVerifier;
import io.a2g.common.topology.Pin;
import io.a2g.common.topology.PlatformSchema;
import io.a2g.common.topology.ReferenceTarget;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Pins targets in this database by their functions, and reserves those in others at their owners,
 * one call for each owner. The calls come first, so that no lock here waits for another service.
 */
final class SplitReferenceVerifier implements ReferenceVerifier {

  private final DatabaseReferenceVerifier database;
  private final Peers peers;
  private final PlatformSchema own;
  private final Marks marks;
  private final ForeignDeletions deletions;

  SplitReferenceVerifier(
      DatabaseReferenceVerifier database,
      Peers peers,
      PlatformSchema own,
      Marks marks,
      ForeignDeletions deletions) {
    this.database = database;
    this.peers = peers;
    this.own = own;
    this.marks = marks;
    this.deletions = deletions;
  }

  @Override
  public void pin(Pin... pins) {
    List<Pin> all = List.of(pins);
    if (all.stream().noneMatch(this::isRemote)) {
      database.pin(pins);
      return;
    }
    if (!TransactionSynchronizationManager.isActualTransactionActive()) {
      throw new IllegalStateException("a reference is pinned in the transaction that stores it");
    }
    boolean[] found = new boolean[pins.length];
    reserve(all, found);
    pinHere(all, found);
    List<Pin> missing =
        IntStream.range(0, pins.length).filter(i -> !found[i]).mapToObj(all::get).toList();
    if (!missing.isEmpty()) {
      throw new ReferenceNotFound(missing);
    }
  }

  @Override
  public PinCondition condition(Pin... pins) {
    return List.of(pins).stream().noneMatch(this::isRemote)
        ? database.condition(pins)
        : ReferenceVerifier.super.condition(pins);
  }

  @Override
  public void pinAll(
      String field, ReferenceTarget target, Collection<Long> ids, @Nullable Object... arguments) {
    if (peers.isRemote(target.owner())) {
      ReferenceVerifier.super.pinAll(field, target, ids, arguments);
    } else {
      database.pinAll(field, target, ids, arguments);
    }
  }

  private void reserve(List<Pin> pins, boolean[] found) {
    Map<PlatformSchema, List<Integer>> byOwner = new TreeMap<>();
    int remote = 0;
    // Also begins the transaction on the server, which then bounds how long it can pause.
    List<Boolean> gone = deletions.beginAndLook(pins);
    for (int i = 0; i < pins.size(); i++) {
      if (isRemote(pins.get(i))) {
        remote++;
        if (!gone.get(i)) {
          byOwner.computeIfAbsent(pins.get(i).target().owner(), o -> new ArrayList<>()).add(i);
        }
      }
    }
    UUID reservation = UUID.randomUUID();
    int live = 0;
    for (var part : byOwner.entrySet()) {
      live += reserve(reservation, part.getKey(), part.getValue(), pins, found);
    }
    if (live == remote) {
      marks.hold(reservation);
    }
  }

  private int reserve(
      UUID reservation,
      PlatformSchema owner,
      List<Integer> positions,
      List<Pin> pins,
      boolean[] found) {
    List<Integer> missing =
        peers
            .remote(owner)
            .post(
                Protocol.RESERVE,
                new Protocol.Reserve(reservation, own, positions.stream().map(pins::get).toList()),
                Protocol.Reserved.class)
            .missing();
    for (int i = 0; i < positions.size(); i++) {
      found[positions.get(i)] = !missing.contains(i);
    }
    return positions.size() - missing.size();
  }

  private void pinHere(List<Pin> pins, boolean[] found) {
    List<Integer> positions =
        IntStream.range(0, pins.size()).filter(i -> !isRemote(pins.get(i))).boxed().toList();
    List<Boolean> live = database.found(positions.stream().map(pins::get).toList());
    for (int i = 0; i < positions.size(); i++) {
      found[positions.get(i)] = live.get(i);
    }
  }

  private boolean isRemote(Pin pin) {
    return peers.isRemote(pin.target().owner());
  }
}
