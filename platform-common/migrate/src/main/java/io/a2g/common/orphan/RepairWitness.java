package io.a2g.common.orphan;

import java.sql.Connection;
import java.sql.SQLException;

/** Writes down who repaired what. */
@FunctionalInterface
public interface RepairWitness {

  /**
   * Called for each row in the transaction that repairs it: both are there or neither.
   *
   * @param findingId the finding that is resolved by it
   * @param row what is done to it
   */
  void repaired(Connection connection, long findingId, RepairReport.Row row) throws SQLException;
}
