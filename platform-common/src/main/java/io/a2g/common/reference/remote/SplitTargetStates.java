package io.a2g.common.reference.remote;

import io.a2g.common.peer.Peers;
import io.a2g.common.reference.DatabaseTargetStates;
import io.a2g.common.reference.ReferenceTarget;
import io.a2g.common.reference.TargetStates;
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
    return peers.isRemote(target.owner())
        ? peers
            .remote(target.owner())
            .post(
                Protocol.STATES, new Protocol.Rows(target, List.copyOf(ids)), Protocol.States.class)
            .live()
        : database.statesOf(target, ids);
  }
}
