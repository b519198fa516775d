package io.a2g.common.orphan;

import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Repairs confirmed findings by the rule that their reference declares. Each row is locked, looked
 * at again and changed in one transaction, so that a row that was corrected meanwhile is left
 * alone. What needs a person, such as a column of another type, is named with what to do.
 */
public final class OrphanRepair {

  private final ConnectionSource source;
  private final String schema;
  private final StatesSource states;
  private final RepairWitness witness;

  /** Of one schema. */
  public OrphanRepair(
      ConnectionSource source, String schema, StatesSource states, RepairWitness witness) {
    this.source = source;
    this.schema = schema;
    this.states = states;
    this.witness = witness;
  }

  /**
   * Repairs what is confirmed now.
   *
   * @param reference the only one; null: all
   * @param dryRun do the same and take it back, row by row
   */
  public RepairReport repair(@Nullable String reference, boolean dryRun) throws SQLException {
    var tally = new RepairTally();
    try (Connection connection = source.open()) {
      for (AuditedReference declared : AuditedReference.all(connection, schema)) {
        if (reference == null || reference.equals(declared.name())) {
          new ReferenceRepair(connection, declared, states, witness, tally, dryRun).run();
        }
      }
    }
    return tally.report(dryRun);
  }
}
