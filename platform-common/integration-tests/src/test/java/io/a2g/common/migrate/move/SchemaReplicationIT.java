package io.a2g.common.migrate.move;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.a2g.common.database.DatabaseUrl;
import io.a2g.common.migrate.ExitCode;
import io.a2g.common.migrate.Limits;
import io.a2g.common.migrate.MigrationFailure;
import io.a2g.common.migrate.MigrationFiles;
import io.a2g.common.migrate.Target;
import io.a2g.common.testkit.database.MigratedDatabase;
import io.a2g.common.testkit.database.TestDatabase;
import io.a2g.common.topology.PlatformSchema;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Rows that move while somebody writes, between two servers of different versions, and back. */
@Timeout(120) // of a test that hangs, so that it is named
class SchemaReplicationIT {

  private static final PlatformSchema CHAT = PlatformSchema.of("chat");
  private static final PlatformSchema TRACING = PlatformSchema.of("tracing");

  private static MigratedDatabase old;
  private static MigratedDatabase fresh;

  @BeforeAll
  static void makeDatabases() throws SQLException {
    old = TestDatabase.get().migrated("replicated_from");
    fresh = TestDatabase.embedded().migrated("replicated_to");
    assumeThat(one(old.superuser(), "SHOW wal_level")).isEqualTo("logical");
    for (String sql :
        List.of(
            "INSERT INTO chat.chat_sessions (user_id, agent_id, trace_id, title) SELECT n, n, md5(n::text), 'é ''' || n FROM generate_series(1, 200) n",
            "INSERT INTO chat.chat_messages (session_id, role, content) SELECT id, 'USER', E'a\\tb' FROM chat.chat_sessions",
            "INSERT INTO chat.file_uploads (user_id, session_id, original_name, content_type, size_bytes, sha256, storage_key) SELECT 1, id, 'x.txt', 'text/plain', 3, sha256('abc'), md5(id::text) FROM chat.chat_sessions LIMIT 20",
            "INSERT INTO tracing.trace_metadata (trace_id, user_id, started_at) SELECT md5(n::text), 1, now() FROM generate_series(1, 10) n",
            "INSERT INTO tracing.log_entries (trace_id, service_name, level, log_type, message, occurred_at) SELECT trace_id, 's', 'INFO', 'MESSAGE', 'm', now() - interval '70 days' * (id % 3) FROM tracing.trace_metadata")) {
      execute(old.superuser(), sql);
    }
  }

  @AfterEach
  void stop() {
    for (PlatformSchema schema : List.of(CHAT, TRACING)) {
      replication(schema, old, fresh).stop();
      replication(schema, fresh, old).stop();
    }
  }

  @Test
  void whatIsWrittenMeanwhileArrivesAndNumbersGoOnThereAndBack() throws SQLException {
    replication(CHAT, old, fresh).start(true);
    write(old, "there");

    assertThat(move(CHAT, old, fresh)).allMatch(MovedTable::equal);
    replication(CHAT, old, fresh).stop();
    assertNothingIsLeft();
    // The services are there now, and their numbers go on from the old database's.
    write(fresh, "back");
    assertThat(lastTitle(fresh)).isEqualTo("back");

    replication(CHAT, fresh, old).start(true);
    assertThat(move(CHAT, fresh, old)).allMatch(MovedTable::equal);
    replication(CHAT, fresh, old).stop();
    assertThat(lastTitle(old)).isEqualTo("back");
    assertNothingIsLeft();
  }

  @Test
  void partitionsMayDiffer() throws SQLException {
    execute(
        fresh.migrator(TRACING),
        "SET ROLE tracing_owner; CREATE TABLE tracing.log_entries_old PARTITION OF tracing.log_entries FOR VALUES FROM ('2001-01-01') TO ('2001-02-01')");
    replication(TRACING, old, fresh).start(true);
    execute(
        old.superuser(),
        "INSERT INTO tracing.log_entries (trace_id, service_name, level, log_type, message, occurred_at) SELECT trace_id, 's', 'INFO', 'MESSAGE', 'late', '2001-01-07' FROM tracing.trace_metadata");

    assertThat(move(TRACING, old, fresh))
        .allMatch(MovedTable::equal)
        .anyMatch(table -> table.table().equals("log_entries") && table.source().rows() == 20);
    assertThat(one(fresh.superuser(), "SELECT count(*) FROM tracing.log_entries_old"))
        .isEqualTo("10");
    assertThat(one(fresh.superuser(), "SELECT count(*) FROM tracing.log_entries_default"))
        .as("entries without a month")
        .isEqualTo("0");
    assertThat(
            one(
                fresh.superuser(),
                "SELECT string_agg(DISTINCT tableowner, ' ') FROM pg_tables WHERE schemaname = 'tracing'"))
        .isEqualTo("tracing_owner");
  }

  @Test
  void rowsOfTheDestinationStayUnlessTheyMayGo() throws SQLException {
    execute(
        fresh.superuser(),
        "INSERT INTO tracing.trace_metadata (trace_id, user_id, started_at) VALUES (md5('own'), 1, now())");

    assertThatThrownBy(() -> replication(TRACING, old, fresh).start(false))
        .isInstanceOf(MigrationFailure.class)
        .hasMessageContaining("rows of its own in tracing.");
    assertNothingIsLeft();
  }

  @Test
  void userWithoutTheRightIsToldAndNothingIsLeft() throws SQLException {
    var asMigrator =
        new SchemaReplication(
            target(CHAT, old),
            target(CHAT, fresh),
            old.migrator(CHAT),
            fresh.superuser(),
            line -> {});

    assertThatExceptionOfType(MigrationFailure.class)
        .isThrownBy(() -> asMigrator.start(true))
        .withMessageContaining("cannot be replicated")
        .satisfies(failure -> assertThat(failure.exitCode()).isEqualTo(ExitCode.NO_RIGHT));
    assertNothingIsLeft();
  }

  // What it keeps for the other side would fill the source's disk.
  @Test
  void copyThatDoesNotGetOnIsEndedAndNothingIsLeft() throws SQLException {
    var impatient =
        new SchemaReplication(
            target(CHAT, old),
            target(CHAT, fresh),
            old.superuser(),
            fresh.superuser(),
            line -> {},
            Duration.ofMillis(500));
    try (var other = fresh.connect();
        var statement = other.createStatement()) {
      other.setAutoCommit(false);
      // Empty, so that nothing but the copy has to write there.
      statement.execute("TRUNCATE chat.chat_sessions, chat.chat_messages, chat.file_uploads");
      other.commit();
      statement.execute("LOCK TABLE chat.chat_messages IN SHARE MODE");

      assertThatExceptionOfType(MigrationFailure.class)
          .isThrownBy(() -> impatient.start(true))
          .withMessageContaining("nothing has arrived");
      assertNothingIsLeft();
    }
  }

  @Test
  void moveWithoutAReplicationIsRefused() {
    assertThatThrownBy(() -> move(CHAT, old, fresh)).hasMessageContaining("not being replicated");
  }

  private static void write(MigratedDatabase database, String title) throws SQLException {
    for (String sql :
        List.of(
            "UPDATE chat.chat_sessions SET title = 'changed' WHERE id % 3 = 0",
            "DELETE FROM chat.file_uploads WHERE id % 5 = 0",
            "INSERT INTO chat.chat_sessions (user_id, agent_id, trace_id, title) VALUES (1, 1, md5('%1$s'), '%1$s')"
                .replace("%1$s", title))) {
      execute(database.app(CHAT), sql);
    }
  }

  private static String lastTitle(MigratedDatabase database) throws SQLException {
    return one(database.app(CHAT), "SELECT title FROM chat.chat_sessions ORDER BY id DESC LIMIT 1");
  }

  private static void assertNothingIsLeft() throws SQLException {
    for (MigratedDatabase database : List.of(old, fresh)) {
      assertThat(
              one(
                  database.superuser(),
                  "SELECT (SELECT count(*) FROM pg_publication) + (SELECT count(*) FROM pg_subscription) + (SELECT count(*) FROM pg_replication_slots WHERE database = current_database())"))
          .isEqualTo("0");
    }
  }

  private static List<MovedTable> move(
      PlatformSchema schema, MigratedDatabase from, MigratedDatabase to) {
    return new SchemaMove(target(schema, from), target(schema, to), false, false, true, line -> {})
        .run();
  }

  private static SchemaReplication replication(
      PlatformSchema schema, MigratedDatabase from, MigratedDatabase to) {
    return new SchemaReplication(
        target(schema, from), target(schema, to), from.superuser(), to.superuser(), line -> {});
  }

  private static Target target(PlatformSchema schema, MigratedDatabase database) {
    return new Target(
        MigratedDatabase.service(schema),
        database.migrator(schema),
        MigrationFiles.in(MigratedDatabase.resources(schema).resolve("db")),
        Limits.DEFAULT,
        Map.of());
  }

  private static void execute(DatabaseUrl url, String sql) throws SQLException {
    try (var connection = old.connect(url);
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String one(DatabaseUrl url, String sql) throws SQLException {
    try (var connection = old.connect(url);
        var statement = connection.createStatement();
        var row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }
}
