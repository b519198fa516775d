package io.a2g.common.migrate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2g.common.migrate.cli.ToolOnDatabase.Outcome;
import io.a2g.common.testkit.database.Psql;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UpgradeDowngradeIT {

  private ToolOnDatabase tool;

  @BeforeEach
  void threeMigrations(@TempDir Path folder) {
    tool = new ToolOnDatabase(folder, "updown");
    tool.migration(
        "20260101_0900",
        "people",
        "CREATE TABLE users.people (id bigint PRIMARY KEY);",
        "DROP TABLE users.people;");
    tool.migration(
        "20260102_0900",
        "names",
        "ALTER TABLE users.people ADD COLUMN name text;",
        "ALTER TABLE users.people DROP COLUMN name;");
    tool.migration(
        "20260103_0900",
        "index_names",
        "CREATE INDEX people_name_idx ON users.people (name);",
        "DROP INDEX users.people_name_idx;");
  }

  @Test
  void upgradesByStepsAndToHead() {
    assertThat(current()).isEmpty();
    assertThat(tool.run("upgrade", "+1").code()).isZero();
    assertThat(current()).isEqualTo("20260101.0900");
    assertThat(tool.run("upgrade", "20260102_0900").code()).isZero();
    assertThat(current()).isEqualTo("20260102.0900");
    Outcome head = tool.run("upgrade", "head", "--json");
    assertThat(head.json().at("/versions/0").asString()).isEqualTo("20260103.0900");
    assertThat(head.err().lines())
        .singleElement()
        .asString()
        .startsWith("{\"event\":\"db.migration\"")
        .contains("\"version\":\"20260103.0900\",\"outcome\":\"applied\"");
    assertThat(tool.run("upgrade", "head").out()).contains("nothing to apply");
    assertThat(tool.run("current", "--check-heads").code()).isZero();
  }

  @Test
  void historyNamesWhoAndWhen() {
    tool.run("upgrade", "+1");
    var first = tool.run("history", "--verbose", "--json").json().at("/0");
    assertThat(first.path("state").asString()).isEqualTo("success");
    assertThat(first.path("installed_by").asString()).isEqualTo(tool.database().user());
    assertThat(first.path("installed_on").asString()).startsWith("20");
    assertThat(tool.run("history", "-v").out()).contains("CHECKSUM").contains("pending");
  }

  @Test
  void planAndSqlChangeNothing() {
    assertThat(tool.run("upgrade", "--plan").out())
        .contains("V20260101_0900__people.sql  expand, can be undone");
    assertThat(tool.run("upgrade", "--sql").out()).contains("CREATE TABLE users.people");
    assertThat(current()).isEmpty();
    assertThat(tool.run("current", "--check-heads").code()).isEqualTo(2);
  }

  @Test
  void offlineScriptsGoOnWhereTheToolStoppedAndTheToolAfterThem(@TempDir Path scripts)
      throws Exception {
    tool.run("upgrade", "+1");
    psql(scripts, tool.run("upgrade", "head", "--sql"));
    assertThat(current()).isEqualTo("20260103.0900");
    assertThat(tool.run("upgrade", "head").code()).isZero();

    psql(scripts, tool.run("downgrade", "-1", "--sql"));
    assertThat(current()).isEqualTo("20260102.0900");
    assertThat(tool.run("upgrade", "head").code()).as("held").isEqualTo(4);
    assertThat(tool.run("release").code()).isZero();
    assertThat(tool.run("upgrade", "head").code()).isZero();
    assertThat(current()).isEqualTo("20260103.0900");
  }

  private void psql(Path folder, Outcome script) throws Exception {
    Path file = Files.writeString(folder.resolve("script.sql"), script.out());
    Psql.Outcome outcome = Psql.run(tool.database(), file);
    assertThat(outcome.code()).as(outcome.text()).isZero();
  }

  @Test
  void downgradeTakesTheLastBackHoldsAndRedoes() {
    tool.run("upgrade", "head");

    Outcome down = tool.run("downgrade", "-2", "--reason", "try", "--json");
    assertThat(down.code()).as(down.err()).isZero();
    assertThat(down.json().at("/versions").size()).isEqualTo(2);
    assertThat(current()).isEqualTo("20260101.0900");
    assertThat(exists("people")).isTrue();
    assertThat(tool.query("SELECT count(*) FROM users.flyway_schema_history WHERE type = 'DELETE'"))
        .isEqualTo("2");

    Outcome held = tool.run("upgrade", "head");
    assertThat(held.code()).isEqualTo(4);
    assertThat(held.err()).contains("held at 20260101.0900 by tester");
    assertThat(current()).isEqualTo("20260101.0900");

    assertThat(tool.run("release").code()).isZero();
    assertThat(tool.run("upgrade", "head").code()).isZero();
    assertThat(current()).isEqualTo("20260103.0900");
    assertThat(tool.query("SELECT string_agg(action, ',' ORDER BY id) FROM users.migration_audit"))
        .isEqualTo("APPLIED,APPLIED,APPLIED,UNDONE,HELD,UNDONE,HELD,RELEASED,APPLIED,APPLIED");
    assertThat(
            tool.query(
                """
                SELECT string_agg(concat_ws('|', version, script, actor, reason), ' ' ORDER BY id)
                FROM users.migration_audit WHERE action = 'UNDONE'
                """))
        .isEqualTo(
            "20260103.0900|U20260103_0900__index_names.sql|tester|try"
                + " 20260102.0900|U20260102_0900__names.sql|tester|try");
  }

  @Test
  void downgradeToAVersionAndToBase() {
    tool.run("upgrade", "head");
    assertThat(tool.run("downgrade", "20260102_0900").code()).isZero();
    assertThat(current()).isEqualTo("20260102.0900");
    assertThat(tool.run("downgrade", "base").code()).isZero();
    assertThat(current()).isEmpty();
    assertThat(exists("people")).isFalse();
    // Held at 0: start-up would re-apply nothing.
    assertThat(tool.run("upgrade", "head").code()).isEqualTo(4);
    tool.run("release");
    assertThat(tool.run("upgrade", "head").code()).isZero();
    assertThat(tool.run("downgrade", "-9").code()).isEqualTo(4);
  }

  @Test
  void undoThatLosesDataIsRefused() {
    tool.run("upgrade", "head");
    tool.execute("INSERT INTO users.people VALUES (1, 'Kim'), (2, NULL)");
    tool.run("downgrade", "-1");

    Outcome refused = tool.run("downgrade", "-1");
    assertThat(refused.code()).isEqualTo(4);
    assertThat(refused.err()).contains("1 values of people.name");
    assertThat(current()).isEqualTo("20260102.0900");
    assertThat(tool.query("SELECT name FROM users.people WHERE id = 1")).isEqualTo("Kim");

    assertThat(tool.run("downgrade", "-1", "--allow-data-loss").code()).isZero();
    assertThat(tool.run("downgrade", "-1").err()).contains("2 rows of people");
  }

  @Test
  void undoIsRefusedWhenTheSchemaWasChangedByHand() {
    tool.run("upgrade", "head");
    tool.execute("ALTER TABLE users.people ADD COLUMN by_hand text");

    Outcome refused = tool.run("downgrade", "-1");
    assertThat(refused.code()).isEqualTo(4);
    assertThat(refused.err()).contains("changed by hand");
    assertThat(tool.run("downgrade", "-1", "--allow-difference").code()).isZero();
  }

  @Test
  void undoThatDoesNotRestoreTheOldStateIsRolledBack() {
    tool.write("undo/U20260103_0900__index_names.sql", "SELECT 1;");
    tool.run("upgrade", "head");

    Outcome refused = tool.run("downgrade", "-1");
    assertThat(refused.code()).isEqualTo(4);
    assertThat(refused.err()).contains("does not bring the schema back");
    assertThat(current()).isEqualTo("20260103.0900");
  }

  @Test
  void undoThatCannotRunInATransactionIsRefused() {
    tool.migration(
        "20260104_0900",
        "concurrently",
        "CREATE INDEX CONCURRENTLY people_both_idx ON users.people (id, name);",
        "-- Slow.\nDROP INDEX CONCURRENTLY users.people_both_idx;");
    tool.run("upgrade", "head");

    for (String[] command :
        new String[][] {
          {"downgrade", "-1"}, {"downgrade", "-1", "--sql"}, {"downgrade", "-1", "--stored"}
        }) {
      Outcome refused = tool.run(command);
      assertThat(refused.code()).isEqualTo(4);
      assertThat(refused.err())
          .contains("U20260104_0900__concurrently.sql cannot run in a transaction")
          .contains("line 2: DROP INDEX CONCURRENTLY users.people_both_idx;");
    }
    assertThat(current()).isEqualTo("20260104.0900");

    tool.write("undo/U20260104_0900__concurrently.sql", "DROP INDEX users.people_both_idx;");
    assertThat(tool.run("downgrade", "-1", "--accept-changed-undo").code()).isZero();
    assertThat(exists("people_both_idx")).isFalse();
  }

  @Test
  void undoOfALockedTableEndsWithTheLockTimeoutAndChangesNothing() throws Exception {
    tool.run("upgrade", "head");
    try (Connection reader = tool.connect()) {
      reader.setAutoCommit(false);
      reader.createStatement().execute("LOCK TABLE users.people IN ACCESS SHARE MODE");
      Outcome busy = tool.run("downgrade", "-1", "--lock-timeout", "1");
      assertThat(busy.code()).as(busy.err()).isEqualTo(6);
      assertThat(busy.err()).contains("lock timeout");
    }
    assertThat(current()).isEqualTo("20260103.0900");
    assertThat(tool.run("downgrade", "-1").code()).isZero();
    assertThat(tool.run("downgrade").code()).isEqualTo(64);
  }

  @Test
  void failingUndoLeavesEverythingAsItWas() {
    tool.write(
        "undo/U20260103_0900__index_names.sql", "DROP INDEX users.people_name_idx; SELECT 1 / 0;");
    tool.run("upgrade", "head");

    Outcome failed = tool.run("downgrade", "-1");
    assertThat(failed.code()).isEqualTo(5);
    assertThat(failed.err()).contains("rolled back").contains("division by zero");
    assertThat(exists("people_name_idx")).isTrue();
    assertThat(current()).isEqualTo("20260103.0900");
  }

  @Test
  void missingChangedAndIrreversibleUndoFilesAreRefused() {
    tool.run("upgrade", "head");
    tool.write("undo/U20260103_0900__index_names.sql", "DROP INDEX users.people_name_idx; -- new");
    assertThat(tool.run("downgrade", "-1").err()).contains("another one than when it was applied");
    tool.delete("undo/U20260103_0900__index_names.sql");
    assertThat(tool.run("downgrade", "-1").err()).contains("missing");
    assertThat(tool.run("downgrade", "-1", "--stored").code()).isZero();

    tool.run("release");
    tool.migration(
        "20260104_0900", "gone", "-- irreversible: sums cannot be split\nSELECT 1;", null);
    tool.run("upgrade", "head");
    Outcome irreversible = tool.run("downgrade", "-1");
    assertThat(irreversible.code()).isEqualTo(4);
    assertThat(irreversible.err()).contains("sums cannot be split");
  }

  @Test
  void newerReleaseCanBeUndoneByAnOlderImageFromTheStoredText() {
    tool.run("upgrade", "head");
    tool.delete("migration/V20260103_0900__index_names.sql");
    tool.delete("undo/U20260103_0900__index_names.sql");

    Outcome refused = tool.run("downgrade", "-1");
    assertThat(refused.err()).contains("applied by a newer release");
    assertThat(tool.run("downgrade", "-1", "--stored").code()).isZero();
    assertThat(exists("people_name_idx")).isFalse();
  }

  @Test
  void productionWantsTheTypedName() {
    tool.run("upgrade", "head");
    tool.set("A2G_ENVIRONMENT", "production");

    Outcome refused = tool.run("downgrade", "-1", "--reason", "bug");
    assertThat(refused.code()).isEqualTo(4);
    String typed = "users@" + tool.database().display();
    assertThat(refused.err()).contains(typed);
    assertThat(tool.run("downgrade", "-1", "--reason", "bug", "--confirm", typed).code()).isZero();
  }

  @Test
  void lockedTableIsTriedAgainUntilItIsFree() throws Exception {
    tool.run("upgrade", "+1");
    try (Connection other = tool.connect()) {
      other.setAutoCommit(false);
      other.createStatement().execute("LOCK TABLE users.people IN ACCESS SHARE MODE");
      Outcome busy = tool.run("upgrade", "head", "--lock-timeout", "1", "--attempts", "2");
      assertThat(busy.code()).isEqualTo(6);
      assertThat(busy.out()).contains("lost against a lock");
      assertThat(current()).isEqualTo("20260101.0900");

      var free =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  Thread.sleep(1500);
                  other.rollback();
                } catch (InterruptedException | SQLException e) {
                  throw new IllegalStateException(e);
                }
              });
      assertThat(tool.run("upgrade", "head", "--lock-timeout", "1").code()).isZero();
      free.join();
    }
    assertThat(current()).isEqualTo("20260103.0900");
  }

  @Test
  void undoDoesNotRunBesideAMigration() throws Exception {
    tool.run("upgrade", "head");
    try (Connection other = tool.connect()) {
      long key = 0x466C79776179L + "\"users\".\"flyway_schema_history\"".hashCode();
      other.createStatement().execute("SELECT pg_advisory_lock(" + key + ")");
      Outcome busy = tool.run("downgrade", "-1");
      assertThat(busy.code()).isEqualTo(6);
      assertThat(busy.err()).contains("another migration of users is running");
    }
  }

  @Test
  void undoIsRefusedWhileTheServiceIsConnected() throws Exception {
    tool.run("upgrade", "head");
    try (Connection service = tool.connect()) {
      service.createStatement().execute("SET application_name = 'user-service'");
      Outcome refused = tool.run("downgrade", "-1");
      assertThat(refused.code()).isEqualTo(4);
      assertThat(refused.err()).contains("1 sessions of user-service are connected", "--force");
      assertThat(current()).isEqualTo("20260103.0900");
      assertThat(tool.run("downgrade", "-1", "--force").code()).isZero();
    }
    assertThat(tool.run("downgrade", "-1").code()).isZero();
  }

  @Test
  void tenStartersAtOnceMigrateOnce() throws Exception {
    try (var executor = Executors.newFixedThreadPool(10)) {
      Callable<Integer> start = () -> tool.run("upgrade", "head").code();
      for (var started : executor.invokeAll(Collections.nCopies(10, start))) {
        assertThat(started.get()).isZero();
      }
    }
    assertThat(current()).isEqualTo("20260103.0900");
    assertThat(tool.query("SELECT count(*) FROM users.migration_audit WHERE action = 'APPLIED'"))
        .isEqualTo("3");
  }

  private String current() {
    return tool.run("current", "--json").json().path("version").asString("");
  }

  private boolean exists(String relation) {
    return tool.query("SELECT to_regclass('users.%s')".formatted(relation)) != null;
  }
}
