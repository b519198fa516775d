package io.a2g.common.reference.remote;

import io.a2g.common.error.FieldProblem;
import io.a2g.common.error.ProblemException;
import io.a2g.common.error.ProblemType;
import io.a2g.common.peer.PeerClient;
import io.a2g.common.peer.PeerRefused;
import io.a2g.common.reference.ReferenceHolder;
import io.a2g.common.reference.Referrer;
import io.a2g.common.topology.ReferenceTarget;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** Asks a service that may refer to targets from another database. */
record HttpReferenceHolder(PeerClient service, Reservations reservations)
    implements ReferenceHolder {

  private static final String TRANSFER_TO = "transfer_to";

  @Override
  public List<Referrer> referrers(ReferenceTarget target, Collection<Long> ids, boolean purge) {
    var body = new Protocol.Ask(target, List.copyOf(ids), purge);
    return service.post(Protocol.HOLDING, body, Protocol.Holdings.class).holding();
  }

  // The request may arrive when the caller's transaction, and with it the lock on the new target,
  // is long gone. The reservation stands in for the lock; a deletion of the new target settles it.
  @Override
  public long handOver(ReferenceTarget target, long from, long to) {
    UUID reservation = UUID.randomUUID();
    reservations.reserveLocked(reservation, service.peer(), target, to);
    try {
      return service
          .post(
              Protocol.HAND_OVER,
              new Protocol.HandOver(reservation, target, from, to),
              Protocol.HandedOver.class)
          .rows();
    } catch (PeerRefused e) {
      if (!e.code().equals(ProblemType.ALREADY_EXISTS.code())) {
        throw e;
      }
      throw nameTaken();
    }
  }

  private ProblemException nameTaken() {
    String message =
        "%s has something of the same name for both; rename one of the two first."
            .formatted(service.peer().serviceName());
    return new ProblemException(
        ProblemType.ALREADY_EXISTS,
        message,
        List.of(new FieldProblem(TRANSFER_TO, ProblemType.ALREADY_EXISTS.code(), message)));
  }
}
