package io.a2g.common.purge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.a2g.common.reference.remote.LocalReferences;
import io.a2g.common.testkit.database.MigratedDatabase;
import io.a2g.common.testkit.database.TestDatabase;
import io.a2g.common.topology.PlatformSchema;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** One row that is too heavy, or a table that fails, stops nothing else. */
class DeletedRowCleanupIT {

  private static final PlatformSchema TRACING = PlatformSchema.of("tracing");
  private static final Purgeable TRACES =
      Purgeable.leaf(
          "tracing.trace_metadata",
          new Purgeable.Dependent("tracing.log_entries", "trace_id", "trace_id"));

  private static MigratedDatabase database;

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

  @BeforeAll
  static void makeDatabase() {
    database = TestDatabase.get().migrated("purge");
  }

  @BeforeEach
  void empty() throws SQLException {
    run("DROP TRIGGER IF EXISTS heavy ON tracing.trace_metadata");
    run("DROP TRIGGER IF EXISTS heavy ON tracing.log_entries");
    run("TRUNCATE tracing.trace_metadata, tracing.log_entries");
    run(
        "INSERT INTO tracing.trace_metadata (trace_id, user_id, started_at, deleted_at)"
            + " SELECT md5(n::text), n, now(), now() - interval '31 days' FROM generate_series(1, 150) n");
  }

  @Test
  void rowThatTakesTooLongStaysAloneUntilItCanGo() throws SQLException {
    timeOut("BEFORE DELETE ON tracing.trace_metadata FOR EACH ROW WHEN (OLD.user_id = 77)", "true");

    assertThat(purge(TRACES)).isEqualTo(149);

    assertThat(number("SELECT count(*) FROM tracing.trace_metadata WHERE user_id <> 77")).isZero();
    assertThat(stuck()).isEqualTo(1);

    run("DROP TRIGGER heavy ON tracing.trace_metadata");
    assertThat(purge(TRACES)).isEqualTo(1);
    assertThat(stuck()).isZero();
  }

  @Test
  void manyDependentsGoInShortTransactions() throws SQLException {
    run(
        "INSERT INTO tracing.log_entries (trace_id, service_name, level, log_type, message, occurred_at)"
            + " SELECT md5('1'), 's', 'INFO', 'MESSAGE', 'm', now() FROM generate_series(1, 10001)");
    timeOut(
        "AFTER DELETE ON tracing.log_entries REFERENCING OLD TABLE AS gone FOR EACH STATEMENT",
        "(SELECT count(*) FROM gone) > 5000");

    assertThat(purge(TRACES)).isEqualTo(150);

    assertThat(number("SELECT count(*) FROM tracing.log_entries")).isZero();
    assertThat(stuck()).isZero();
  }

  @Test
  void tableThatFailsDoesNotStopTheNext() throws SQLException {
    assertThatThrownBy(() -> purge(Purgeable.leaf("tracing.missing"), TRACES))
        .hasStackTraceContaining("tracing.missing");

    assertThat(number("SELECT count(*) FROM tracing.trace_metadata")).isZero();
  }

  private long purge(Purgeable... tables) throws SQLException {
    meters.clear();
    try (var connection = database.connect(database.app(TRACING))) {
      var source = new SingleConnectionDataSource(connection, true);
      JdbcClient jdbc = JdbcClient.create(source);
      return new DeletedRowCleanup(
              List.of(tables),
              Duration.ofDays(30),
              jdbc,
              new TransactionTemplate(new JdbcTransactionManager(source)),
              LocalReferences.of(jdbc).holders(),
              meters,
              Clock.systemUTC())
          .run();
    }
  }

  private double stuck() {
    return meters
        .get("platform.purge.stuck")
        .tag("table", "tracing.trace_metadata")
        .gauge()
        .value();
  }

  // As the server does when statement_timeout is over.
  private static void timeOut(String event, String condition) throws SQLException {
    run(
        """
        CREATE OR REPLACE FUNCTION tracing.time_out() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
        BEGIN
          IF %s THEN
            RAISE EXCEPTION 'canceling statement due to statement timeout' USING ERRCODE = 'query_canceled';
          END IF;
          RETURN coalesce(OLD, NEW);
        END $$;
        CREATE TRIGGER heavy %s EXECUTE FUNCTION tracing.time_out();
        """
            .formatted(condition, event));
  }

  private static void run(String sql) throws SQLException {
    try (var connection = database.connect();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static long number(String sql) throws SQLException {
    try (var connection = database.connect();
        var statement = connection.createStatement();
        var row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }
}
