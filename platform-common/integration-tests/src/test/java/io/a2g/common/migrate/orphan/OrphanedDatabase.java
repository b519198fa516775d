package io.a2g.common.migrate.orphan;

import io.a2g.common.testkit.database.MigratedDatabase;
import io.a2g.common.topology.PlatformSchema;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/** A migrated database in which a test breaks references by hand. */
final class OrphanedDatabase {

  /** Above every id that a sequence gives. */
  static final long NOBODY = 999_999_999;

  private final MigratedDatabase database;

  OrphanedDatabase(MigratedDatabase database) {
    this.database = database;
  }

  MigratedDatabase migrated() {
    return database;
  }

  /** As the service of this schema scans. */
  OrphanScan scan(PlatformSchema schema, Duration gap) {
    return new OrphanScan(source(schema), schema.schemaName(), ConnectionTargetStates::new, gap);
  }

  /** As the service of this schema repairs. */
  OrphanRepair repair(PlatformSchema schema) {
    return new OrphanRepair(
        source(schema),
        schema.schemaName(),
        ConnectionTargetStates::new,
        RepairListener.auditEvents(schema.schemaName(), "test"));
  }

  OrphanFindings findings(PlatformSchema schema) {
    return new OrphanFindings(source(schema), schema.schemaName());
  }

  ConnectionSource source(PlatformSchema schema) {
    return () -> database.connect(database.app(schema));
  }

  /** Both passes over a schema, at once. */
  List<ReferenceScan> confirm(PlatformSchema schema) throws SQLException {
    OrphanScan scan = scan(schema, Duration.ZERO);
    OrphanedDatabase.look(scan);
    return scan.look(null).orElseThrow();
  }

  /** A pass over all rows. */
  static List<ReferenceScan> look(OrphanScan scan) throws SQLException {
    return scan.look(null).orElseThrow();
  }

  static ReferenceScan of(List<ReferenceScan> scans, String reference) {
    return scans.stream()
        .filter(scan -> scan.reference().equals(reference))
        .findFirst()
        .orElseThrow();
  }

  long user() throws SQLException {
    return number(
        "INSERT INTO users.users (username, role) VALUES ('u' || gen_random_uuid(), 'USER') RETURNING id");
  }

  long agent(long owner) throws SQLException {
    return number(
        "INSERT INTO agents.agents (owner_id, name, framework) VALUES (%d, 'a' || gen_random_uuid(), 'ADK') RETURNING id"
            .formatted(owner));
  }

  long session(long user, long agent) throws SQLException {
    return number(
        "INSERT INTO chat.chat_sessions (user_id, agent_id, trace_id) VALUES (%d, %d, replace(gen_random_uuid()::text, '-', '')) RETURNING id"
            .formatted(user, agent));
  }

  long trace(long user, String session, String agent) throws SQLException {
    return number(
        "INSERT INTO tracing.trace_metadata (trace_id, user_id, session_id, agent_id, started_at) VALUES (replace(gen_random_uuid()::text, '-', ''), %d, %s, %s, now()) RETURNING id"
            .formatted(user, session, agent));
  }

  void execute(String sql) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  long number(String sql) throws SQLException {
    return Long.parseLong(text(sql));
  }

  /** The first value as text; "null" when it is. */
  String text(String sql) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return Objects.toString(row.getString(1));
    }
  }
}
