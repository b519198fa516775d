package io.a2g.common.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.a2g.common.testkit.database.MigratedDatabase;
import io.a2g.common.testkit.database.TestDatabase;
import io.a2g.common.topology.PlatformSchema;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import tools.jackson.databind.json.JsonMapper;

/**
 * The audit of every schema: a partition for each month, kept for a year and then dropped whole.
 */
class AuditCleanupIT {

  private static final Duration YEAR = Duration.ofDays(365);
  private static final DateTimeFormatter MONTH = DateTimeFormatter.ofPattern("yyyy_MM");

  private static MigratedDatabase database;

  @BeforeAll
  static void makeDatabase() {
    database = TestDatabase.get().migrated("audit_upkeep");
  }

  @ParameterizedTest
  @MethodSource("io.a2g.common.topology.PlatformSchema#values")
  void yearIsKeptAndOlderMonthsGoWhole(PlatformSchema schema) throws SQLException {
    String table = schema.schemaName() + ".audit_events";
    YearMonth now = YearMonth.now(ZoneOffset.UTC);
    for (int age : new int[] {14, 11}) {
      partition(table, now.minusMonths(age));
      event(table, now.minusMonths(age));
    }
    event(table, now);

    keepUp(schema, Instant.now().minus(YEAR));

    assertThat(there(table, now.minusMonths(14))).isFalse();
    assertThat(events(table, now.minusMonths(14))).isZero();
    assertThat(events(table, now.minusMonths(11))).isEqualTo(1);
    for (int ahead = 0; ahead <= 3; ahead++) {
      assertThat(there(table, now.plusMonths(ahead))).as("%s months ahead", ahead).isTrue();
    }
    assertThat(
            number(
                "SELECT count(*) FROM %s WHERE tableoid <> '%s'::regclass AND occurred_at >= date_trunc('month', now())"
                    .formatted(table, name(table, now))))
        .isZero();
    // Whatever is asked, a year stays.
    keepUp(schema, Instant.now().plus(YEAR));
    assertThat(events(table, now.minusMonths(11))).isEqualTo(1);
    assertThat(events(table, now)).isEqualTo(1);
  }

  @Test
  void retentionBelowAYearIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new AuditProperties(YEAR.minusDays(1)))
        .withMessageContaining("365");
    assertThat(new AuditProperties(YEAR).retention()).isEqualTo(YEAR);
  }

  // As the service, with its rights.
  private static void keepUp(PlatformSchema schema, Instant cutoff) throws SQLException {
    try (var connection = database.connect(database.app(schema))) {
      new AuditLog(
              JdbcClient.create(new SingleConnectionDataSource(connection, true)),
              JsonMapper.shared(),
              schema)
          .keepUp(3, cutoff);
    }
  }

  private static void partition(String table, YearMonth month) throws SQLException {
    run(
        "CREATE TABLE %s PARTITION OF %s FOR VALUES FROM ('%s-01 00:00Z') TO ('%s-01 00:00Z')"
            .formatted(name(table, month), table, month, month.plusMonths(1)));
    String owner =
        text("SELECT relowner::regrole FROM pg_class WHERE oid = '%s'::regclass".formatted(table));
    run("ALTER TABLE %s OWNER TO %s".formatted(name(table, month), owner));
  }

  private static void event(String table, YearMonth month) throws SQLException {
    run(
        "INSERT INTO %s (occurred_at, action, resource_type, resource_id) VALUES ('%s-01 12:00Z', 'test.made', 'test', '1')"
            .formatted(table, month));
  }

  private static long events(String table, YearMonth month) throws SQLException {
    return number(
        "SELECT count(*) FROM %s WHERE action = 'test.made' AND occurred_at = '%s-01 12:00Z'"
            .formatted(table, month));
  }

  private static boolean there(String table, YearMonth month) throws SQLException {
    return number("SELECT count(to_regclass('%s'))".formatted(name(table, month))) == 1;
  }

  private static String name(String table, YearMonth month) {
    return table + "_" + month.format(MONTH);
  }

  private static void run(String sql) throws SQLException {
    try (var connection = database.connect();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static long number(String sql) throws SQLException {
    return Long.parseLong(text(sql));
  }

  private static String text(String sql) throws SQLException {
    try (var connection = database.connect();
        var statement = connection.createStatement();
        var row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }
}
