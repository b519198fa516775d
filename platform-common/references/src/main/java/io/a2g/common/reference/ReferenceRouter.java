package io.a2g.common.reference;

import io.a2g.common.topology.PlatformSchema;
import io.a2g.common.topology.ReferenceTarget;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Finds what answers for a schema: its functions in this database, or its service. */
public final class ReferenceRouter {

  private final JdbcClient jdbc;
  private final DatabaseTargetOwner database;
  private final Map<PlatformSchema, TargetOwner> remoteOwners;
  private final Map<PlatformSchema, ReferenceHolder> remoteHolders;

  /**
   * @param remoteOwners of the schemas in other databases
   * @param remoteHolders of the same schemas
   */
  public ReferenceRouter(
      JdbcClient jdbc,
      Map<PlatformSchema, TargetOwner> remoteOwners,
      Map<PlatformSchema, ReferenceHolder> remoteHolders) {
    this.jdbc = jdbc;
    this.database = new DatabaseTargetOwner(jdbc);
    this.remoteOwners = Map.copyOf(remoteOwners);
    this.remoteHolders = Map.copyOf(remoteHolders);
  }

  /** Whether these rows are in another database. */
  public boolean isRemote(ReferenceTarget target) {
    return remoteOwners.containsKey(target.owner());
  }

  /** The owner of these rows. */
  public TargetOwner owner(ReferenceTarget target) {
    return remoteOwners.getOrDefault(target.owner(), database);
  }

  /** The owner of all rows in this database. */
  public DatabaseTargetOwner database() {
    return database;
  }

  /** All that may refer to these rows; the ones in this database first, as one. */
  List<ReferenceHolder> holders(ReferenceTarget target) {
    List<PlatformSchema> here = new ArrayList<>();
    List<ReferenceHolder> holders = new ArrayList<>();
    for (PlatformSchema schema : target.holders().stream().sorted().toList()) {
      ReferenceHolder remote = remoteHolders.get(schema);
      if (remote == null) {
        here.add(schema);
      } else {
        holders.add(remote);
      }
    }
    holders.addFirst(new DatabaseReferenceHolder(jdbc, here));
    return holders;
  }
}
