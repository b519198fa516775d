package io.a2g.common.migrate.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2g.common.migrate.Limits;
import io.a2g.common.migrate.MigrationFiles;
import io.a2g.common.migrate.Target;
import io.a2g.common.migrate.rehearsal.Rehearsal.Outcome;
import io.a2g.common.migrate.rehearsal.Rehearsal.Round;
import io.a2g.common.migrate.shadow.ShadowDatabase;
import io.a2g.common.testkit.database.TestDatabase;
import io.a2g.common.topology.ServiceIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RehearsalIT {

  @TempDir private Path db;

  @BeforeEach
  void makeFirstMigration() throws IOException {
    migration(1, "CREATE TABLE users.t (id bigint PRIMARY KEY, a text);", "DROP TABLE users.t;");
  }

  @Test
  void faithfulUndoIsReversible() throws IOException {
    migration(2, "ALTER TABLE users.t ADD COLUMN b int;", "ALTER TABLE users.t DROP COLUMN b;");

    assertThat(rehearse())
        .hasSize(3)
        .allSatisfy(round -> assertThat(round.outcome()).isEqualTo(Outcome.REVERSIBLE));
  }

  @Test
  void undoThatLeavesSomethingBehindIsDifferent() throws IOException {
    migration(
        2,
        "ALTER TABLE users.t ADD COLUMN b int; CREATE INDEX t_a_idx ON users.t (a);",
        "ALTER TABLE users.t DROP COLUMN b;");

    assertThat(rehearse().getLast().outcome()).isEqualTo(Outcome.DIFFERENT);
  }

  @Test
  void undoThatChangesSomethingElseIsDifferent() throws IOException {
    migration(
        2,
        "ALTER TABLE users.t ADD COLUMN b int;",
        "ALTER TABLE users.t DROP COLUMN b, ALTER COLUMN a SET DEFAULT 'x';");

    Round last = rehearse().getLast();
    assertThat(last.outcome()).isEqualTo(Outcome.DIFFERENT);
    assertThat(last.problems()).anySatisfy(problem -> assertThat(problem).contains("t.a"));
  }

  @Test
  void undoThatLosesRowsIsDifferent() throws IOException {
    migration(
        2,
        "ALTER TABLE users.t ADD COLUMN b int;",
        "DROP TABLE users.t; CREATE TABLE users.t (id bigint PRIMARY KEY, a text);");

    Round last = rehearse().getLast();
    assertThat(last.outcome()).isEqualTo(Outcome.DIFFERENT);
    assertThat(last.problems())
        .anySatisfy(problem -> assertThat(problem).contains("had 1 rows before and 0 after"));
  }

  @Test
  void migrationThatFailsOnRowsFails() throws IOException {
    migration(
        2, "ALTER TABLE users.t ADD COLUMN b int NOT NULL;", "ALTER TABLE users.t DROP COLUMN b;");

    Round last = rehearse().getLast();
    assertThat(last.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(last.version()).isEqualTo("20261201.0902");
  }

  @Test
  void missingUndoFails() throws IOException {
    write("migration/V20261201_0902__step.sql", "CREATE TABLE users.u (id bigint);");

    assertThat(rehearse().getLast().problems())
        .singleElement()
        .asString()
        .contains("U20261201_0902__step.sql");
  }

  @Test
  void irreversibleIsPassedOverAndIsTheGroundOfTheWayDown() throws IOException {
    write(
        "migration/V20261201_0902__step.sql",
        "-- irreversible: hashed for good\nUPDATE users.t SET a = md5(a);");
    migration(3, "CREATE TABLE users.u (id bigint);", "DROP TABLE users.u;");

    List<Round> rounds = rehearse();
    assertThat(rounds)
        .extracting(Round::outcome)
        .containsExactly(
            Outcome.REVERSIBLE, Outcome.IRREVERSIBLE, Outcome.REVERSIBLE, Outcome.REVERSIBLE);
    assertThat(rounds.getLast().description()).contains("20261201.0902");
  }

  @Test
  void indexMadeConcurrentlyIsReversible() throws IOException {
    migration(2, "CREATE INDEX CONCURRENTLY t_a_idx ON users.t (a);", "DROP INDEX users.t_a_idx;");

    assertThat(rehearse().getLast().outcome()).isEqualTo(Outcome.REVERSIBLE);
  }

  private List<Round> rehearse() {
    Target target =
        new Target(
            ServiceIdentity.of("user-service"),
            TestDatabase.embedded().superuser(),
            MigrationFiles.in(db),
            Limits.DEFAULT,
            Map.of());
    try (var shadow = ShadowDatabase.create(target, null)) {
      return Rehearsal.run(shadow, round -> {});
    }
  }

  private void migration(int minute, String up, String down) throws IOException {
    String name = "20261201_09%02d__step.sql".formatted(minute);
    write("migration/V" + name, up);
    write("undo/U" + name, down);
  }

  private void write(String name, String text) throws IOException {
    Path file = db.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
