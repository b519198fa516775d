package io.a2g.common.orphan;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
public final class OrphanAudit {

  private final ConnectionSource source;
  private final String schema;
  private final StatesSource states;
  private final Duration gap;

  /**
   * Of one schema.
   *
   * @param gap the least time between the two sights that make a finding count
   */
  public OrphanAudit(ConnectionSource source, String schema, StatesSource states, Duration gap) {
    this.source = source;
    this.schema = schema;
    this.states = states;
    this.gap = gap;
  }

  /** The least time between the two sights. */
  public Duration gap() {
    return gap;
  }

  /** The names of the references that are audited. */
  public List<String> references() throws SQLException {
    try (Connection connection = source.open()) {
      return AuditedReference.all(connection, schema).stream().map(AuditedReference::name).toList();
    }
  }

  /** Whether nobody, this process or another one, has begun to look for so long. */
  public boolean isDue(Duration interval) throws SQLException {
    try (Connection connection = source.open()) {
      return new AuditTable(connection, schema)
          .isDue(AuditedReference.all(connection, schema), interval);
    }
  }

  /**
   * Goes through every row.
   *
   * @param reference the only one to look at; null: all
   * @return one entry for each reference; empty when somebody else is auditing
   */
  public Optional<List<ReferenceAudit>> look(@Nullable String reference) throws SQLException {
    return audit(reference, true);
  }

  /**
   * Goes through the rows with an open finding again.
   *
   * @param reference the only one to look at; null: all
   * @return one entry for each reference; empty when somebody else is auditing
   */
  public Optional<List<ReferenceAudit>> lookAgain(@Nullable String reference) throws SQLException {
    return audit(reference, false);
  }

  private Optional<List<ReferenceAudit>> audit(@Nullable String reference, boolean everything)
      throws SQLException {
    Optional<AuditLock> lock = AuditLock.take(source, schema);
    if (lock.isEmpty()) {
      return Optional.empty();
    }
    try (AuditLock _ = lock.get();
        Connection connection = source.open()) {
      List<ReferenceAudit> audits = new ArrayList<>();
      for (AuditedReference declared : AuditedReference.all(connection, schema)) {
        if (reference == null || reference.equals(declared.name())) {
          audits.add(audit(connection, declared, everything));
        }
      }
      return Optional.of(audits);
    }
  }

  private ReferenceAudit audit(
      Connection connection, AuditedReference reference, boolean everything) throws SQLException {
    var findings = new FindingsTable(connection, schema, gap);
    var pass = new AuditPass(connection, reference, states, findings);
    if (!everything) {
      return pass.again();
    }
    var table = new AuditTable(connection, schema);
    OffsetDateTime began = table.now();
    findings.forget();
    ReferenceAudit audit = pass.all();
    table.store(audit, began);
    return audit;
  }
}
