package io.a2g.common.migrate.orphan;

import io.a2g.common.database.Sql;
import io.a2g.common.topology.TargetStates;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Looks for orphans: live rows whose reference into another schema is wrong. Nothing that goes
 * through the services makes one; a hand in psql, a restore of one schema or a bug can.
 *
 * <p>A finding counts when two passes see it with a pause between them that is longer than the
 * longest transaction, because rows and targets may change while a pass reads them. {@link #look}
 * goes through every row, {@link #lookAgain} through what is suspected; each confirms what was seen
 * long enough ago and resolves what it does not see any more.
 */
public final class OrphanScan {

  private final ConnectionSource source;
  private final String schema;
  private final Function<Connection, TargetStates> states;
  private final Duration gap;

  /**
   * Of one schema.
   *
   * @param states whom to ask while a connection to the schema is in use: {@link
   *     ConnectionTargetStates} finds the targets there, others need not
   * @param gap the least time between the two sights that make a finding count
   */
  public OrphanScan(
      ConnectionSource source,
      String schema,
      Function<Connection, TargetStates> states,
      Duration gap) {
    this.source = source;
    this.schema = schema;
    this.states = states;
    this.gap = gap;
  }

  /** The least time between the two sights. */
  public Duration gap() {
    return gap;
  }

  /** The names of the references that are scanned. */
  public List<String> references() throws SQLException {
    try (Connection connection = source.open()) {
      return ScannedReference.of(new Sql(connection), schema, null).stream()
          .map(ScannedReference::name)
          .toList();
    }
  }

  /** Whether no scan, of this process or another one, began for so long. */
  public boolean isDue(Duration interval) throws SQLException {
    try (Connection connection = source.open()) {
      Sql sql = new Sql(connection);
      return new ScanTable(sql, schema).isDue(ScannedReference.of(sql, schema, null), interval);
    }
  }

  /**
   * Goes through every row.
   *
   * @param reference the only one to look at; null: all
   * @return one entry for each reference; empty while another scan is running
   */
  public Optional<List<ReferenceScan>> look(@Nullable String reference) throws SQLException {
    return scan(reference, true);
  }

  /**
   * Goes through the rows with an open finding again.
   *
   * @param reference the only one to look at; null: all
   * @return one entry for each reference; empty while another scan is running
   */
  public Optional<List<ReferenceScan>> lookAgain(@Nullable String reference) throws SQLException {
    return scan(reference, false);
  }

  private Optional<List<ReferenceScan>> scan(@Nullable String reference, boolean everything)
      throws SQLException {
    Optional<ScanLock> lock = ScanLock.take(source, schema);
    if (lock.isEmpty()) {
      return Optional.empty();
    }
    try (ScanLock _ = lock.get();
        Connection connection = source.open()) {
      Sql sql = new Sql(connection);
      List<ReferenceScan> scans = new ArrayList<>();
      for (ScannedReference declared : ScannedReference.of(sql, schema, reference)) {
        var findings = new FindingsTable(sql, declared, gap);
        var pass = new ScanPass(sql, declared, states.apply(connection), findings);
        scans.add(everything ? all(sql, findings, pass) : pass.again());
      }
      return Optional.of(scans);
    }
  }

  private ReferenceScan all(Sql sql, FindingsTable findings, ScanPass pass) throws SQLException {
    var table = new ScanTable(sql, schema);
    OffsetDateTime began = table.now();
    findings.forget();
    ReferenceScan scan = pass.all();
    table.store(scan, began);
    return scan;
  }
}
