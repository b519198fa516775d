package io.a2g.common.migrate.move;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.a2g.common.database.DatabaseUrl;
import io.a2g.common.migrate.Limits;
import io.a2g.common.migrate.MigrationFailure;
import io.a2g.common.migrate.MigrationFiles;
import io.a2g.common.migrate.Target;
import io.a2g.common.testkit.database.MigratedDatabase;
import io.a2g.common.testkit.database.TestDatabase;
import io.a2g.common.topology.PlatformSchema;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SchemaMoveIT {

  private static int count;

  private MigratedDatabase old;

  @BeforeEach
  void fill() throws SQLException {
    old = TestDatabase.get().migrated("move_from" + ++count);
    for (String sql :
        List.of(
            "INSERT INTO chat.chat_sessions (user_id, agent_id, trace_id, title) SELECT n, n, md5(n::text), 'é ''' || n FROM generate_series(1, 200) n",
            "DELETE FROM chat.chat_sessions WHERE id > 190",
            "INSERT INTO chat.chat_messages (session_id, role, content) SELECT id, 'USER', E'a\\tb\\n\\\\N' FROM chat.chat_sessions",
            "INSERT INTO chat.file_uploads (user_id, session_id, original_name, content_type, size_bytes, sha256, storage_key) SELECT 1, id, 'x.txt', 'text/plain', 3, sha256('abc'), md5(id::text) FROM chat.chat_sessions LIMIT 20",
            "INSERT INTO agents.agents (owner_id, name, framework) SELECT n, 'agent', 'ADK' FROM generate_series(1, 10) n",
            "INSERT INTO tracing.trace_metadata (trace_id, user_id, started_at) SELECT md5(n::text), 1, now() FROM generate_series(1, 10) n",
            "INSERT INTO tracing.log_entries (trace_id, service_name, level, log_type, message, occurred_at) SELECT trace_id, 's', 'INFO', 'MESSAGE', 'm', now() - interval '70 days' * (id % 3) FROM tracing.trace_metadata")) {
      execute(old.superuser(), sql);
    }
  }

  @Test
  void everyRowArrivesAndNumbersGoOn() throws SQLException {
    MigratedDatabase fresh = fresh();

    assertThat(move(PlatformSchema.of("chat"), fresh, false, false))
        .allMatch(MovedTable::equal)
        .anyMatch(table -> table.table().equals("chat_messages") && table.source().rows() == 190);
    assertThat(
            one(
                fresh.app(PlatformSchema.of("chat")),
                "INSERT INTO chat.chat_sessions (user_id, agent_id, trace_id) VALUES (1, 1, md5('new')) RETURNING id"))
        .as("ids of deleted rows are not given again")
        .isGreaterThan("200");
    assertThat(one(fresh.superuser(), "SELECT content FROM chat.chat_messages LIMIT 1"))
        .isEqualTo("a\tb\n\\N");
  }

  @Test
  void generatedColumnsAndPartitionsAreMadeAnew() throws SQLException {
    MigratedDatabase fresh = fresh();
    assertThat(move(PlatformSchema.of("agents"), fresh, false, false)).allMatch(MovedTable::equal);
    assertThat(move(PlatformSchema.of("tracing"), fresh, false, false))
        .allMatch(MovedTable::equal)
        .anyMatch(table -> table.table().equals("log_entries") && table.source().rows() == 10);
    assertThat(one(fresh.superuser(), "SELECT count(*) FROM tracing.log_entries_default"))
        .as("entries without a month")
        .isEqualTo("0");
  }

  @Test
  void anotherMajorVersionOfTheServerWillDo() {
    assertThat(
            move(
                PlatformSchema.of("chat"),
                TestDatabase.embedded().migrated("move_to"),
                false,
                false))
        .allMatch(MovedTable::equal);
  }

  @Test
  void rowsOfTheDestinationStayUnlessTheyMayGo() throws SQLException {
    MigratedDatabase fresh = fresh();
    execute(
        fresh.superuser(),
        "INSERT INTO chat.chat_sessions (user_id, agent_id, trace_id) VALUES (7, 7, md5('own'))");

    assertThatThrownBy(() -> move(PlatformSchema.of("chat"), fresh, false, false))
        .isInstanceOf(MigrationFailure.class)
        .hasMessageContaining("rows of its own in chat.chat_sessions");
    assertThat(one(fresh.superuser(), "SELECT count(*) FROM chat.chat_sessions")).isEqualTo("1");

    assertThat(move(PlatformSchema.of("chat"), fresh, true, false)).allMatch(MovedTable::equal);
  }

  @Test
  void closedSourceTakesNothingMoreUntilItIsOpened() throws SQLException {
    MigratedDatabase fresh = fresh();
    move(PlatformSchema.of("chat"), fresh, false, true);

    assertThatThrownBy(() ->
            execute(
                old.app(PlatformSchema.of("chat")), "UPDATE chat.chat_sessions SET title = 'late'"))
        .hasMessageContaining("permission denied for schema chat");
    assertThatThrownBy(() ->
            one(old.app(PlatformSchema.of("tracing")), "SELECT chat.pin_session(1, NULL, 1, true)"))
        .hasMessageContaining("permission denied for schema chat");

    assertThat(move(PlatformSchema.of("chat"), fresh, old, true, true)).allMatch(MovedTable::equal);
    assertThatThrownBy(
            () -> execute(fresh.app(PlatformSchema.of("chat")), "DELETE FROM chat.file_uploads"))
        .hasMessageContaining("permission denied for schema chat");
  }

  @Test
  void sourceThatNoServiceHasARoleForIsNotClosedSilently() throws SQLException {
    MigratedDatabase fresh = fresh();
    execute(
        old.superuser(),
        "REVOKE ALL ON SCHEMA admin FROM admin_app, users_app, agents_app, chat_app, tracing_app");

    assertThatThrownBy(() -> move(PlatformSchema.of("admin"), fresh, false, true))
        .isInstanceOf(MigrationFailure.class)
        .hasMessageContaining("no roles of their own")
        .hasMessageContaining("without --close-source");

    assertThat(move(PlatformSchema.of("admin"), fresh, false, false)).allMatch(MovedTable::equal);
  }

  @Test
  void otherVersionAndTheSameDatabaseAreRefused() throws SQLException {
    MigratedDatabase fresh = fresh();
    execute(
        fresh.superuser(),
        "DELETE FROM chat.flyway_schema_history WHERE installed_rank = (SELECT max(installed_rank) FROM chat.flyway_schema_history)");

    assertThatThrownBy(() -> move(PlatformSchema.of("chat"), fresh, false, false))
        .hasMessageContaining("upgrade head");
    assertThatThrownBy(() -> move(PlatformSchema.of("chat"), old, true, true))
        .hasMessageContaining("where the schema is already");
  }

  @Test
  void openTransactionOfAWriterIsWaitedForAndThenRefused() throws SQLException {
    MigratedDatabase fresh = fresh();
    try (Connection writer = old.connect(old.app(PlatformSchema.of("chat")));
        var statement = writer.createStatement()) {
      writer.setAutoCommit(false);
      statement.execute("UPDATE chat.chat_sessions SET title = 'open'");

      assertThatThrownBy(() -> move(PlatformSchema.of("chat"), fresh, false, true))
          .isInstanceOf(MigrationFailure.class)
          .hasMessageContaining("lock");
    }
    assertThat(one(fresh.superuser(), "SELECT count(*) FROM chat.chat_sessions")).isEqualTo("0");
  }

  private static MigratedDatabase fresh() {
    return TestDatabase.get().migrated("move_to" + ++count);
  }

  private List<MovedTable> move(
      PlatformSchema schema, MigratedDatabase to, boolean replace, boolean close) {
    return move(schema, old, to, replace, close);
  }

  private static List<MovedTable> move(
      PlatformSchema schema,
      MigratedDatabase from,
      MigratedDatabase to,
      boolean replace,
      boolean close) {
    Target source = target(schema, from.migrator(schema));
    return new SchemaMove(
            source, source.withDatabase(to.migrator(schema)), replace, close, false, line -> {})
        .run();
  }

  private static Target target(PlatformSchema schema, DatabaseUrl url) {
    Path files = MigratedDatabase.resources(schema).resolve("db");
    return new Target(
        MigratedDatabase.service(schema), url, MigrationFiles.in(files), Limits.DEFAULT, Map.of());
  }

  private void execute(DatabaseUrl url, String sql) throws SQLException {
    try (Connection connection = old.connect(url);
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private String one(DatabaseUrl url, String sql) throws SQLException {
    try (Connection connection = old.connect(url);
        var statement = connection.createStatement();
        var row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }
}
