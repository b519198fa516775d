package io.a2g.common.migrate.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.a2g.common.migrate.Checksum;
import io.a2g.common.migrate.FlywaySetup;
import io.a2g.common.migrate.Limits;
import io.a2g.common.migrate.MigrationFiles;
import io.a2g.common.migrate.Target;
import io.a2g.common.testkit.database.TestDatabase;
import io.a2g.common.topology.ServiceIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;
import org.flywaydb.core.api.callback.BaseCallback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the migration tool relies on in Flyway; a newer Flyway must pass it unchanged. */
class FlywayContractIT {

  private static final String HISTORY = "users.flyway_schema_history";

  @TempDir private Path db;
  private Target target;

  @BeforeEach
  void makeDatabase() throws Exception {
    target =
        new Target(
            ServiceIdentity.of("user-service"),
            TestDatabase.embedded().create("flyway"),
            MigrationFiles.in(db),
            Limits.DEFAULT,
            Map.of());
    write("V20261201_0901__one.sql", "CREATE TABLE users.one (id bigint PRIMARY KEY);");
    execute("CREATE SCHEMA users");
  }

  @Test
  void lockHasTheKeyThatUndoTakes() throws Exception {
    List<Long> keys = new ArrayList<>();
    FlywaySetup.configure(target).callbacks(new AdvisoryLocks(keys)).load().migrate();

    assertThat(keys).containsExactly(HistoryTable.lockKey("users"));
  }

  @Test
  void migrateWaitsForWhoeverHoldsTheLock() throws Exception {
    flyway().migrate();
    write("V20261201_0902__two.sql", "CREATE TABLE users.two (id bigint);");

    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> migration =
          LockedSchema.on(
              target,
              _ -> {
                Future<?> begun = executor.submit(() -> flyway().migrate());
                awaitAnotherSession();
                assertThat(begun.isDone()).isFalse();
                assertThat(text("SELECT to_regclass('users.two')::text")).isNull();
                return begun;
              });
      migration.get(1, TimeUnit.MINUTES);
    }
    assertThat(text("SELECT to_regclass('users.two')::text")).isEqualTo("users.two");
  }

  @Test
  void deletedVersionIsPendingAgain() throws Exception {
    write("V20261201_0902__two.sql", "CREATE TABLE users.two (id bigint);");
    flyway().migrate();
    execute("DROP TABLE users.two");
    appendDelete("'20261201.0902'", "two");

    assertThat(flyway().info().current().getVersion().getVersion()).isEqualTo("20261201.0901");
    assertThat(flyway().info().pending())
        .extracting(FlywayContractIT::version)
        .containsExactly("20261201.0902");
    FlywaySetup.configure(target).ignoreMigrationPatterns("*:pending").load().validate();

    flyway().migrate();

    flyway().validate();
    assertThat(flyway().info().current().getVersion().getVersion()).isEqualTo("20261201.0902");
    assertThat(flyway().info().all())
        .extracting(MigrationInfo::getState)
        .containsExactly(MigrationState.SUCCESS, MigrationState.DELETED, MigrationState.SUCCESS);
  }

  @Test
  void deletedRepeatableRunsAgain() throws Exception {
    write("R__view.sql", "CREATE VIEW users.v AS SELECT id FROM users.one;");
    flyway().migrate();
    execute("DROP VIEW users.v");
    assertThat(flyway().migrate().migrationsExecuted).isZero();

    appendDelete("NULL", "view");
    flyway().migrate();

    assertThat(text("SELECT to_regclass('users.v')::text")).isEqualTo("users.v");
    flyway().validate();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT 1;",
        "SELECT 1;\n",
        "SELECT 1;\r\nSELECT 2;\r\n",
        "\n\n  SELECT 1;  \n\n-- 가나다 é\n",
        "\uFEFFSELECT 1;\n-- after a byte order mark",
        "SELECT ${flyway:defaultSchema}.f;"
      })
  void checksumIsTheOneWeWorkOut(String text) throws Exception {
    write("V20261201_0901__one.sql", text);

    assertThat(flyway().info().pending()[0].getChecksum()).isEqualTo(Checksum.of(text));
  }

  @Test
  @Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void indexIsBuiltConcurrentlyWhileFourStart() throws Exception {
    write("V20261201_0902__two.sql", "CREATE INDEX CONCURRENTLY one_idx ON users.one (id);");
    write("V20261201_0903__three.sql", "CREATE INDEX CONCURRENTLY two_idx ON users.one (id);");

    var together = new CyclicBarrier(4);
    Callable<Integer> start =
        () -> {
          together.await();
          return flyway().migrate().migrationsExecuted;
        };
    int applied = 0;
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Integer> starter : executor.invokeAll(List.of(start, start, start, start))) {
        applied += starter.get();
      }
    }

    assertThat(applied).isEqualTo(3);
    assertThat(
            text(
                "SELECT count(*) FROM pg_index WHERE indrelid = 'users.one'::regclass AND indisvalid"))
        .isEqualTo("3");
    flyway().validate();
  }

  @Test
  void migrationAndItsRowAreOneCommit() throws Exception {
    flyway().migrate();
    write("V20261201_0902__two.sql", "CREATE TABLE users.two (id bigint);");
    // Runs when the row is committed, which is where two commits would come apart.
    execute(
        """
        CREATE FUNCTION public.die() RETURNS trigger LANGUAGE plpgsql AS
          'BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); PERFORM pg_sleep(1); RETURN NULL; END';
        CREATE CONSTRAINT TRIGGER die AFTER INSERT ON users.flyway_schema_history
          DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.die();
        """);

    assertThatThrownBy(() -> flyway().migrate()).isInstanceOf(FlywayException.class);

    assertThat(text("SELECT to_regclass('users.two')::text")).isNull();
    assertThat(text("SELECT count(*) FROM " + HISTORY)).isEqualTo("1");
    execute("DROP FUNCTION public.die() CASCADE");
    assertThat(flyway().migrate().migrationsExecuted).isEqualTo(1);
  }

  @Test
  void undoFilesBesideMigrationsAreRefused() throws Exception {
    write("U20261201_0901__one.sql", "DROP TABLE users.one;");

    assertThatThrownBy(() -> flyway().migrate())
        .isInstanceOf(FlywayException.class)
        .hasMessageContaining("U20261201_0901__one.sql");
  }

  @Test
  void historyHasTheColumnsThatWeWrite() throws Exception {
    flyway().migrate();

    assertThat(
            text(
                """
                SELECT string_agg(attname || ' ' || format_type(atttypid, atttypmod)
                  || CASE WHEN attnotnull THEN ' not null' ELSE '' END, ', ' ORDER BY attnum)
                FROM pg_attribute
                WHERE attrelid = 'users.flyway_schema_history'::regclass AND attnum > 0
                """))
        .isEqualTo(
            "installed_rank integer not null, version character varying(50), "
                + "description character varying(200) not null, type character varying(20) not null, "
                + "script character varying(1000) not null, checksum integer, "
                + "installed_by character varying(100) not null, "
                + "installed_on timestamp without time zone not null, "
                + "execution_time integer not null, success boolean not null");
  }

  /** Notes the advisory locks that are held in the database while a migration runs. */
  private static final class AdvisoryLocks extends BaseCallback {

    private final List<Long> keys;

    AdvisoryLocks(List<Long> keys) {
      this.keys = keys;
    }

    @Override
    public boolean supports(Event event, Context context) {
      return event == Event.BEFORE_EACH_MIGRATE;
    }

    @Override
    public void handle(Event event, Context context) {
      try (Statement statement = context.getConnection().createStatement();
          ResultSet row =
              statement.executeQuery(
                  """
                  SELECT (classid::bigint << 32) | objid::bigint FROM pg_locks
                  WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
                  """)) {
        while (row.next()) {
          keys.add(row.getLong(1));
        }
      } catch (SQLException e) {
        throw new FlywayException(e);
      }
    }
  }

  private static String version(MigrationInfo info) {
    return info.getVersion().getVersion();
  }

  private Flyway flyway() {
    return FlywaySetup.configure(target).load();
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(Files.createDirectories(db.resolve("migration")).resolve(name), text);
  }

  private void appendDelete(String version, String description) throws SQLException {
    execute(
        """
        INSERT INTO %1$s (installed_rank, version, description, type, script, checksum, installed_by, execution_time, success)
        SELECT max(installed_rank) + 1, %2$s, '%3$s', 'DELETE', 'U__%3$s.sql', 7, 'tester', 1, true FROM %1$s
        """
            .formatted(HISTORY, version, description));
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = target.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private String text(String query) throws SQLException {
    try (Connection connection = target.connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getString(1);
    }
  }

  private void awaitAnotherSession() {
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() ->
            !text("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE '%pg_try_advisory_lock%' AND application_name = 'user-service-migration' AND state = 'idle'")
                .equals("0"));
  }
}
