package io.a2g.common.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.a2g.common.migrate.catalogue.Catalogue;
import io.a2g.common.partition.MonthlyPartitions;
import io.a2g.common.testkit.database.MigratedDatabase;
import io.a2g.common.testkit.database.TestDatabase;
import io.a2g.common.topology.PlatformSchema;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

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

    keep(schema, Instant.now().minus(YEAR));

    assertThat(there(table, now.minusMonths(14))).isFalse();
    assertThat(events(table, now.minusMonths(14))).isZero();
    assertThat(events(table, now.minusMonths(11))).isEqualTo(1);
    for (int ahead = 0; ahead <= 3; ahead++) {
      assertThat(there(table, now.plusMonths(ahead))).as("%s months ahead", ahead).isTrue();
    }
    for (int age = 0; age < 12; age++) {
      assertThat(there(table, now.minusMonths(age))).as("%s months ago", age).isTrue();
    }
    assertThat(
            number(
                "SELECT count(*) FROM %s WHERE tableoid <> '%s'::regclass AND occurred_at >= date_trunc('month', now())"
                    .formatted(table, name(table, now))))
        .isZero();
    // Whatever is asked, a year stays.
    keep(schema, Instant.now().plus(YEAR));
    assertThat(events(table, now.minusMonths(11))).isEqualTo(1);
    assertThat(events(table, now)).isEqualTo(1);
  }

  // As the months before an installation came, or a schema from another database.
  @Test
  void fullDefaultPartitionGetsBoundsWithoutMovingOrScanningARow() throws SQLException {
    PlatformSchema schema = PlatformSchema.of("admin");
    Instant oldest = Instant.now().minus(YEAR.multipliedBy(3));
    run(
        "INSERT INTO admin.audit_events (occurred_at, action, resource_type, resource_id)"
            + " SELECT now() - interval '30 months', 'test.old', 'test', n FROM generate_series(1, 10001) n");
    String holder =
        text("SELECT DISTINCT tableoid FROM admin.audit_events WHERE action = 'test.old'");
    assertThat(holder).isEqualTo(text("SELECT 'admin.audit_events_default'::regclass::oid"));
    String before = catalogue(schema);

    List<String> messages = new ArrayList<>();
    try (var connection = database.connect(database.app(schema));
        var statement = connection.createStatement()) {
      statement.execute("SET client_min_messages = debug1");
      for (int step = 1; step <= 3; step++) {
        statement.execute("SELECT admin.next_partition('audit_events', '%s', 3)".formatted(oldest));
        for (var warning = statement.getWarnings();
            warning != null;
            warning = warning.getNextWarning()) {
          messages.add(warning.getMessage());
        }
        event("admin.audit_events", YearMonth.now(ZoneOffset.UTC).minusMonths(30));
      }
    }
    keep(schema, oldest);

    assertThat(messages)
        .anyMatch(message ->
            message.matches(
                "partition constraint for table \"audit_events_to_\\d{4}_\\d\\d\" is implied by existing constraints"));
    assertThat(text("SELECT DISTINCT tableoid FROM admin.audit_events WHERE action = 'test.old'"))
        .isEqualTo(holder);
    assertThat(number("SELECT count(*) FROM admin.audit_events_default")).isZero();
    assertThat(number("SELECT count(*) FROM admin.audit_events WHERE action = 'test.old'"))
        .isEqualTo(10_001);
    assertThat(catalogue(schema)).isEqualTo(before);
    assertThat(
            text(
                "SELECT has_table_privilege('admin_app', 'admin.audit_events_default', 'SELECT, INSERT, UPDATE, DELETE')"))
        .isEqualTo("f");

    // From then on they go in short steps.
    keep(schema, Instant.now().minus(YEAR));
    assertThat(number("SELECT count(*) FROM admin.audit_events WHERE action = 'test.old'"))
        .isZero();
  }

  @Test
  void stepThatFailsDoesNotStopTheOthers() throws SQLException {
    PlatformSchema schema = PlatformSchema.of("chat");
    YearMonth now = YearMonth.now(ZoneOffset.UTC);
    partition("chat.audit_events", now.minusMonths(20));
    event("chat.audit_events", now.minusMonths(22));
    // Not a partition: the month cannot be made.
    run("DROP TABLE " + name("chat.audit_events", now.plusMonths(3)));
    run("CREATE TABLE " + name("chat.audit_events", now.plusMonths(3)) + " ()");

    assertThatThrownBy(() -> keep(schema, Instant.now().minus(YEAR)))
        .hasStackTraceContaining("already exists");

    assertThat(there("chat.audit_events", now.minusMonths(20))).isFalse();
    assertThat(events("chat.audit_events", now.minusMonths(22))).isZero();
    run("DROP TABLE " + name("chat.audit_events", now.plusMonths(3)));
  }

  @Test
  void retentionBelowAYearIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new AuditProperties(YEAR.minusDays(1)))
        .withMessageContaining("365");
    assertThat(new AuditProperties(YEAR).retention()).isEqualTo(YEAR);
  }

  // As the service, with its rights.
  private static void keep(PlatformSchema schema, Instant oldest) throws SQLException {
    try (var connection = database.connect(database.app(schema))) {
      JdbcClient jdbc = JdbcClient.create(new SingleConnectionDataSource(connection, true));
      new MonthlyPartitions(jdbc, schema, "audit_events").keep(oldest);
    }
  }

  private static String catalogue(PlatformSchema schema) throws SQLException {
    try (var connection = database.connect()) {
      return Catalogue.read(connection, schema.schemaName()).text();
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
