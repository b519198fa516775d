package io.a2g.tracing.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.a2g.common.database.DatabaseUrl;
import io.a2g.common.job.PlatformJob;
import io.a2g.common.testkit.PlatformIT;
import io.a2g.common.topology.PlatformSchema;
import io.a2g.tracing.TraceIds;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.dao.DataAccessException;

/** Partitions are there before they are needed and go when they are too old. */
class LogCleanupIT extends PlatformIT {

  private static final String NEXT =
      "SELECT tracing.next_partition('log_entries', now() - interval '6 months', 3)";

  @Autowired
  @Qualifier("logCleanup")
  private PlatformJob cleanup;

  @AfterEach
  void completePartitions() throws Exception {
    cleanup.work().run();
  }

  @Test
  void monthsFromTheRetentionToThreeAheadHavePartitions() throws Exception {
    cleanup.work().run();

    for (int ahead = -6; ahead <= 3; ahead++) {
      assertThat(partitions()).contains(partition(ahead));
    }
    assertThat(partitions())
        .contains("log_entries_default")
        .doesNotContain(partition(-7), partition(4));
    assertThat(nextPartition()).isFalse();
  }

  @Test
  void missingPartitionIsMadeAndTakesItsEntriesFromTheDefaultOne() throws Exception {
    String trace = registered();
    run("DROP TABLE tracing." + partition(2));
    run(insert(trace, "date_trunc('month', now()) + interval '2 months 5 days'"));
    assertThat(count("log_entries_default", trace)).isEqualTo(1);

    cleanup.work().run();

    assertThat(count("log_entries_default", trace)).isZero();
    assertThat(count(partition(2), trace)).isEqualTo(1);
    assertThat(count("log_entries", trace)).isEqualTo(1);
  }

  @Test
  void replicasAtOnceMakeEachPartitionOnce() throws SQLException, InterruptedException {
    run("DROP TABLE tracing." + partition(1));
    run("DROP TABLE tracing." + partition(3));
    Callable<Integer> call =
        () -> {
          int made = 0;
          while (nextPartition()) {
            made++;
          }
          return made;
        };

    List<Integer> made;
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      made =
          executor.invokeAll(Collections.nCopies(4, call)).stream().map(Future::resultNow).toList();
    }

    assertThat(made.stream().mapToInt(Integer::intValue).sum()).isEqualTo(2);
    assertThat(partitions()).contains(partition(1), partition(3));
  }

  @Test
  void oldPartitionsAreDroppedAndOldStraysDeleted() throws Exception {
    String trace = registered();
    run("SET ROLE tracing_owner; " + create("log_entries_2020_01", "2020-01-01", "2020-02-01"));
    run(insert(trace, "timestamptz '2020-01-15'"));
    run(insert(trace, "now() - interval '7 months'"));
    run(insert(trace, "now() - interval '5 months'"));
    run(insert(trace, "now()"));

    cleanup.work().run();

    assertThat(partitions()).doesNotContain("log_entries_2020_01");
    assertThat(count("log_entries_default", trace)).isZero();
    assertThat(count(partition(-5), trace)).isEqualTo(1);
    assertThat(count("log_entries", trace)).isEqualTo(2);
  }

  @Test
  void thisMonthIsNeverDropped() throws SQLException {
    run("SELECT tracing.drop_partitions_before('log_entries', 'infinity')");

    assertThat(partitions()).contains(partition(0), partition(1), "log_entries_default");
  }

  // A long report holds its locks; cleanup must not make all others wait behind it.
  @Test
  void cleanupGivesWayToTrafficAndIsMadeUpFor() throws Exception {
    run("DROP TABLE tracing." + partition(3));
    try (Connection reader = database().connect();
        Statement statement = reader.createStatement()) {
      reader.setAutoCommit(false);
      statement.execute("SELECT count(*) FROM tracing.log_entries");

      assertThatExceptionOfType(DataAccessException.class).isThrownBy(cleanup.work()::run);

      assertThat(partitions()).doesNotContain(partition(3));
      reader.rollback();
    }
    cleanup.work().run();

    assertThat(partitions()).contains(partition(3));
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 25, Integer.MAX_VALUE})
  void monthsAheadAreBounded(int months) {
    refuses(app(), NEXT.replace("3)", months + ")"), "22023");
  }

  @Test
  void serviceMayDoNothingElseToTheTable() throws SQLException {
    String trace = registered();
    run(insert(trace, "now()"));

    refuses(app(), "DROP TABLE tracing." + partition(3), "42501");
    refuses(app(), "CREATE TABLE tracing.x ()", "42501");
    refuses(app(), "TRUNCATE tracing.log_entries", "42501");
    refuses(app(), "UPDATE tracing.log_entries SET message = 'changed'", "42501");
    refuses(app(), "SELECT FROM tracing." + partition(0), "42501");
  }

  @Test
  void otherServicesMayNotCallCleanup() {
    for (PlatformSchema schema : List.of(PlatformSchema.USERS, PlatformSchema.of("admin"))) {
      refuses(database().app(schema), NEXT, "42501");
    }
  }

  private DatabaseUrl app() {
    return database().app(PlatformSchema.of("tracing"));
  }

  private static String partition(int monthsAhead) {
    return YearMonth.now(ZoneOffset.UTC)
        .plusMonths(monthsAhead)
        .format(DateTimeFormatter.ofPattern("'log_entries_'yyyy_MM"));
  }

  private static String create(String name, String from, String to) {
    return "CREATE TABLE tracing.%s PARTITION OF tracing.log_entries FOR VALUES FROM ('%s') TO ('%s')"
        .formatted(name, from + " 00:00+00", to + " 00:00+00");
  }

  private String registered() throws SQLException {
    String trace = TraceIds.fresh();
    run(
        "INSERT INTO tracing.trace_metadata (trace_id, user_id, started_at) VALUES ('%s', 1, now())"
            .formatted(trace));
    return trace;
  }

  private static String insert(String trace, String time) {
    return """
    INSERT INTO tracing.log_entries
      (trace_id, service_name, level, log_type, message, occurred_at)
    VALUES ('%s', 'test', 'INFO', 'MESSAGE', '', %s)
    """
        .formatted(trace, time);
  }

  private boolean nextPartition() throws SQLException {
    return number(app(), NEXT.replace(", 3)", ", 3)::integer")) == 1;
  }

  private int count(String table, String trace) throws SQLException {
    return number(
        database().superuser(),
        "SELECT count(*) FROM tracing.%s WHERE trace_id = '%s'".formatted(table, trace));
  }

  private List<String> partitions() throws SQLException {
    List<String> names = new ArrayList<>();
    try (Connection connection = database().connect();
        Statement statement = connection.createStatement();
        var rows =
            statement.executeQuery(
                """
                SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
                WHERE i.inhparent = 'tracing.log_entries'::regclass
                """)) {
      while (rows.next()) {
        names.add(rows.getString(1));
      }
    }
    return names;
  }

  private void run(String sql) throws SQLException {
    try (Connection connection = database().connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private int number(DatabaseUrl url, String sql) throws SQLException {
    try (Connection connection = database().connect(url);
        Statement statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getInt(1);
    }
  }

  private void refuses(DatabaseUrl url, String sql, String state) {
    assertThatExceptionOfType(SQLException.class)
        .isThrownBy(() -> {
          try (Connection connection = database().connect(url);
              Statement statement = connection.createStatement()) {
            statement.execute(sql);
          }
        })
        .satisfies(refused -> assertThat(refused.getSQLState()).as(sql).isEqualTo(state));
  }
}
