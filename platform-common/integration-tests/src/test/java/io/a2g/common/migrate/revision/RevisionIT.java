package io.a2g.common.migrate.revision;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2g.common.database.DatabaseUrl;
import io.a2g.common.migrate.ExitCode;
import io.a2g.common.migrate.cli.MigrateTool;
import io.a2g.common.testkit.database.TestDatabase;
import io.a2g.common.topology.ServiceIdentity;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RevisionIT {

  private static final DatabaseUrl NOTHING_APPLIED = TestDatabase.embedded().create("revision");

  @TempDir private Path db;

  private DatabaseUrl url = NOTHING_APPLIED;
  private String answer = "";

  @BeforeEach
  void prepare() throws IOException {
    Files.createDirectories(db.resolve("migration"));
    Files.createDirectories(db.resolve("undo"));
  }

  @Test
  void revisionComesAfterEveryFileEvenOneOfTheFuture() throws IOException {
    file("V29990101_2359__later.sql", "later");

    assertThat(run("revision", "-m", "Add a Nickname, to users!")).isZero();

    assertThat(names("migration"))
        .contains("V29990102_0000__add_a_nickname_to_users.sql")
        .hasSize(2);
    assertThat(names("undo")).contains("U29990102_0000__add_a_nickname_to_users.sql");
    assertThat(Files.readString(db.resolve("undo/U29990102_0000__add_a_nickname_to_users.sql")))
        .startsWith("-- REVIEW ME\n");
  }

  @Test
  void revisionIsRefusedWithoutSourcesAndWithoutAName() {
    assertThat(runWithoutSources("revision", "-m", "x")).isEqualTo(ExitCode.REFUSED.code());
    assertThat(answer).contains("--sources");
    assertThat(run("revision", "-m", "?!")).isEqualTo(ExitCode.USAGE.code());
    assertThat(names("migration")).isEmpty();
  }

  @Test
  void filesMergedLateAreShownAndRenumberedWithTheirUndo() throws IOException {
    url = TestDatabase.embedded().create("late");
    file("V20260102_0000__second.sql", "second");
    assertThat(run("upgrade", "head")).as(answer).isZero();
    file("V20260101_0000__first.sql", "first");

    assertThat(run("heads")).isEqualTo(ExitCode.DIFFERENT.code());
    assertThat(answer).contains("V20260102_0000__second.sql (head)", "first.sql was merged late");
    assertThat(run("renumber")).as(answer).isZero();

    assertThat(names("migration")).hasSize(2).contains("V20260102_0000__second.sql");
    assertThat(names("migration").getLast()).matches("V\\d{8}_\\d{4}__first\\.sql");
    assertThat(names("undo").getLast()).isEqualTo("U" + names("migration").getLast().substring(1));
    assertThat(run("heads")).as(answer).isZero();
    assertThat(run("upgrade", "head")).as(answer).isZero();
  }

  @Test
  void ofTwoFilesOfOneVersionTheSecondMoves() throws IOException {
    file("V20260101_0000__apples.sql", "apples");
    file("V20260101_0000__pears.sql", "pears");

    assertThat(run("heads")).isEqualTo(ExitCode.DIFFERENT.code());
    assertThat(run("renumber")).as(answer).isZero();

    assertThat(names("migration").getFirst()).isEqualTo("V20260101_0000__apples.sql");
    assertThat(names("migration").getLast()).endsWith("__pears.sql").doesNotContain("20260101");
  }

  @Test
  void whatIsAppliedKeepsItsVersion() throws IOException {
    url = TestDatabase.embedded().create("applied");
    file("V20260101_0000__first.sql", "first");
    assertThat(run("upgrade", "head")).as(answer).isZero();

    assertThat(run("renumber", "20260101_0000")).isEqualTo(ExitCode.REFUSED.code());

    assertThat(answer).contains("is applied");
    assertThat(names("migration")).containsExactly("V20260101_0000__first.sql");
  }

  @Test
  void mergeExplainsThatThereIsNothingToMerge() {
    assertThat(run("merge")).isEqualTo(ExitCode.REFUSED.code());
    assertThat(answer).contains("renumber");
  }

  private void file(String name, String table) throws IOException {
    Files.writeString(
        db.resolve("migration").resolve(name),
        "CREATE TABLE chat.%s (id bigint);".formatted(table));
    Files.writeString(
        db.resolve("undo").resolve("U" + name.substring(1)),
        "DROP TABLE chat.%s;".formatted(table));
  }

  private List<String> names(String below) {
    try (var files = Files.list(db.resolve(below))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private int run(String... arguments) {
    var all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--sources", db.toString()));
    return runWithoutSources(all.toArray(String[]::new));
  }

  private int runWithoutSources(String... arguments) {
    var text = new StringWriter();
    var out = new PrintWriter(text, true);
    int code =
        MigrateTool.run(
            ServiceIdentity.of("chat-service"),
            Map.of("DATABASE_URL", url.uri()),
            out,
            out,
            arguments);
    answer = text.toString();
    return code;
  }
}
