package io.a2g.common.reference.remote;

import io.a2g.common.error.ProblemException;
import io.a2g.common.peer.Peers;
import io.a2g.common.reference.DatabaseTargetStates;
import io.a2g.common.topology.ReferenceTarget;
import io.a2g.common.topology.TargetStates;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** States of rows in this database by their function, of others over HTTP. */
final class SplitTargetStates implements TargetStates {

  private final DatabaseTargetStates database;
  private final Peers peers;

  SplitTargetStates(DatabaseTargetStates database, Peers peers) {
    this.database = database;
    this.peers = peers;
  }

  @Override
  public Map<Long, Boolean> statesOf(ReferenceTarget target, Collection<Long> ids) {
    if (!peers.isRemote(target.owner())) {
      return database.statesOf(target, ids);
    }
    var rows = new Protocol.Rows(target, List.copyOf(ids));
    try {
      return peers.remote(target.owner()).post(Protocol.STATES, rows, Protocol.States.class).live();
    } catch (ProblemException e) {
      throw new NotAnswered(String.valueOf(e.getMessage()), e);
    }
  }
}
