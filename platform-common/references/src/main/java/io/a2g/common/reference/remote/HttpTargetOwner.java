package io.a2g.common.reference.remote;

import io.a2g.common.error.ProblemException;
import io.a2g.common.peer.PeerClient;
import io.a2g.common.reference.TargetNames.Names;
import io.a2g.common.reference.TargetOwner;
import io.a2g.common.topology.Pin;
import io.a2g.common.topology.PlatformSchema;
import io.a2g.common.topology.ReferenceTarget;
import io.a2g.common.topology.TargetStates;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Asks the service that owns targets in another database.
 *
 * @param own the schema that is about to refer to them
 */
record HttpTargetOwner(PeerClient service, PlatformSchema own) implements TargetOwner {

  @Override
  public Set<Pin> pin(UUID reservation, List<Pin> pins) {
    var body = new Protocol.Reserve(reservation, own, pins);
    Set<Pin> live = new HashSet<>(pins);
    service.post(Protocol.RESERVE, body, Protocol.Reserved.class).missing().stream()
        .map(pins::get)
        .forEach(live::remove);
    return live;
  }

  @Override
  public Map<Long, Names> names(ReferenceTarget target, Collection<Long> ids) {
    return ask(Protocol.NAMES, target, ids);
  }

  @Override
  public Map<Long, Names> contacts(Collection<Long> userIds) {
    return ask(Protocol.CONTACTS, ReferenceTarget.USER, userIds);
  }

  private Map<Long, Names> ask(String path, ReferenceTarget target, Collection<Long> ids) {
    return ids.isEmpty()
        ? Map.of()
        : service.post(path, rows(target, ids), Protocol.KnownNames.class).names();
  }

  @Override
  public Map<Long, Boolean> states(ReferenceTarget target, Collection<Long> ids) {
    try {
      return service.post(Protocol.STATES, rows(target, ids), Protocol.States.class).live();
    } catch (ProblemException e) {
      throw new TargetStates.NotAnswered(String.valueOf(e.getMessage()), e);
    }
  }

  private static Protocol.Rows rows(ReferenceTarget target, Collection<Long> ids) {
    return new Protocol.Rows(target, ids.stream().distinct().toList());
  }
}
