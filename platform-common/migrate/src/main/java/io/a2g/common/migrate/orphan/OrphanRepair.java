package io.a2g.common.migrate.orphan;

import io.a2g.common.database.Sql;
import io.a2g.common.topology.TargetStates;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Repairs confirmed findings by the rule that their reference declares. Each row is locked, looked
 * at again and changed in one transaction, so that a row that was corrected meanwhile is left
 * alone. What needs a person, such as a column of another type, is named with what to do.
 */
public final class OrphanRepair {

  private final ConnectionSource source;
  private final String schema;
  private final Function<Connection, TargetStates> states;
  private final RepairListener listener;

  /** Of one schema; see {@link OrphanScan}. */
  public OrphanRepair(
      ConnectionSource source,
      String schema,
      Function<Connection, TargetStates> states,
      RepairListener listener) {
    this.source = source;
    this.schema = schema;
    this.states = states;
    this.listener = listener;
  }

  /**
   * Repairs what is confirmed now.
   *
   * @param reference the only one; null: all
   * @param dryRun do the same and take it back, row by row
   */
  public RepairReport repair(@Nullable String reference, boolean dryRun) throws SQLException {
    var tally = new RepairReport.Tally();
    try (Connection connection = source.open()) {
      TargetStates targets = states.apply(connection);
      for (var declared : ScannedReference.of(new Sql(connection), schema, reference)) {
        new ReferenceRepair(connection, declared, targets, listener, tally, dryRun).run();
      }
    }
    return tally.report(dryRun);
  }
}
