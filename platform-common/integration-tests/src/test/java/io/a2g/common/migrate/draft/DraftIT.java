package io.a2g.common.migrate.draft;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2g.common.entities.EntitySchema;
import io.a2g.common.migrate.FlywaySetup;
import io.a2g.common.migrate.Limits;
import io.a2g.common.migrate.MigrationFiles;
import io.a2g.common.migrate.Target;
import io.a2g.common.migrate.catalogue.Catalogue;
import io.a2g.common.migrate.entities.Check;
import io.a2g.common.migrate.revision.Revision;
import io.a2g.common.testkit.database.TestDatabase;
import io.a2g.common.topology.ServiceIdentity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DraftIT {

  private static final List<String> BEFORE =
      EntitySchema.statements(List.of(GardenBefore.Plant.class.getName()));
  private static final List<String> AFTER =
      EntitySchema.statements(
          List.of(GardenAfter.Plant.class.getName(), GardenAfter.Pot.class.getName()));

  @TempDir private Path db;

  private Target target;

  @BeforeEach
  void prepare() throws IOException {
    Files.createDirectories(db.resolve("migration"));
    target = target(TestDatabase.get());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void draftsMakeTheEntitiesSchemaAndTheirUndoBringsTheOldOneBack(boolean embedded)
      throws IOException, SQLException {
    target = target(embedded ? TestDatabase.embedded() : TestDatabase.get());
    draft("create plants", GardenBefore.EXTRAS, BEFORE);
    assertThat(Check.run(target, null, BEFORE).differences()).isEmpty();
    migrate();
    execute("INSERT INTO chat.plants (name, stage) VALUES ('rose', 'SEED'), ('oak', 'FLOWER')");
    Catalogue before = catalogue();

    List<Path> drafted = draft("grow plants", GardenAfter.EXTRAS, AFTER);
    assertThat(Check.run(target, null, AFTER).differences()).isEmpty();

    fill(drafted, "kind", "'any'");
    execute("UPDATE chat.plants SET height = 1");
    Deque<Catalogue> states = new ArrayDeque<>(List.of(before));
    for (Path up : only(drafted, "V")) {
      migrate(up);
      states.push(catalogue());
    }
    assertThat(states.pop().differences(Check.run(target, null, AFTER).declared())).isEmpty();
    for (Path down : only(drafted, "U").reversed()) {
      execute(Files.readString(down));
      assertThat(catalogue().differences(states.pop())).as(down.toString()).isEmpty();
    }
  }

  @Test
  void draftsForTablesInUseTakeTheCarefulWay() throws IOException {
    draft("create plants", GardenBefore.EXTRAS, BEFORE);

    List<Path> drafted = draft("grow plants", GardenAfter.EXTRAS, AFTER);
    List<String> files = only(drafted, "V").stream().map(DraftIT::read).toList();

    assertThat(files).allMatch(file -> file.startsWith("-- REVIEW ME\n-- phase: expand\n"));
    assertThat(only(drafted, "U"))
        .filteredOn(file -> read(file).contains("INDEX"))
        .isNotEmpty()
        .noneMatch(file -> read(file).contains("CONCURRENTLY"));
    assertThat(drafted).noneMatch(file -> file.toString().endsWith(".conf"));
    assertThat(files.getFirst())
        .contains(
            "ADD CONSTRAINT plants_mother_fk FOREIGN KEY (mother_id) REFERENCES chat.plants(id) NOT VALID;")
        .contains("ADD COLUMN kind text;")
        .contains("ADD CONSTRAINT plants_kind_not_null CHECK (kind IS NOT NULL) NOT VALID;")
        .doesNotContain("SET NOT NULL", "CONCURRENTLY");
    assertThat(files.getLast())
        .contains("VALIDATE CONSTRAINT plants_mother_fk;", "ALTER COLUMN kind SET NOT NULL;");
    assertThat(files.subList(1, files.size()))
        .filteredOn(file -> file.contains("CONCURRENTLY"))
        .hasSize(4)
        .allMatch(file -> file.lines().filter(line -> line.endsWith(";")).count() == 1);
  }

  @Test
  void whatIsGoneAndWhatMayBeRenamedIsLeftToTheAuthor() throws IOException {
    draft("create plants", GardenBefore.EXTRAS, BEFORE);
    List<String> renamed =
        BEFORE.stream().map(sql -> sql.replace("label text", "caption text")).toList();

    String up = read(draft("rename", GardenBefore.EXTRAS, renamed).getFirst());

    assertThat(up)
        .contains("\n-- ALTER TABLE chat.plants RENAME COLUMN label TO caption;")
        .contains("\n-- ALTER TABLE chat.plants DROP COLUMN label;")
        .contains("\nALTER TABLE chat.plants ADD COLUMN caption text;");
  }

  @Test
  void nothingIsDraftedWhenNothingDiffers() throws IOException {
    draft("create plants", GardenBefore.EXTRAS, BEFORE);

    assertThat(draft("again", GardenBefore.EXTRAS, BEFORE)).isEmpty();
  }

  @Test
  void theScriptForExtrasMakesBothSidesEqual() throws IOException {
    draft("create plants", GardenAfter.EXTRAS, AFTER);
    extras("");
    Check check = Check.run(target, null, BEFORE);

    extras(Draft.script("chat", check.entities(), check.migrated()));

    assertThat(Check.run(target, null, BEFORE).differences()).isEmpty();
  }

  private List<Path> draft(String message, String extras, List<String> entities)
      throws IOException {
    extras(extras);
    Check check = Check.run(target, null, entities);
    return new Revision(target.files(), Clock.systemUTC())
        .write(message, Draft.migrations("chat", check.migrated(), check.declared()));
  }

  private void extras(String text) throws IOException {
    Files.writeString(db.resolve("extras.sql"), text);
  }

  /** What the author of the migration does with the line that the draft leaves to him. */
  private static void fill(List<Path> files, String column, String value) throws IOException {
    for (Path file : only(files, "V")) {
      String text = read(file);
      Files.writeString(
          file,
          text.replace(
              "-- UPDATE chat.plants SET %s = …".formatted(column),
              "UPDATE chat.plants SET %s = %s".formatted(column, value)));
    }
  }

  private static List<Path> only(List<Path> files, String prefix) {
    return files.stream()
        .filter(file -> file.getFileName().toString().matches(prefix + ".*\\.sql"))
        .toList();
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void migrate() {
    FlywaySetup.configure(target).load().migrate();
  }

  private void migrate(Path upTo) {
    String version = upTo.getFileName().toString().substring(1).split("__", 2)[0];
    FlywaySetup.configure(target).target(version).load().migrate();
  }

  private Catalogue catalogue() throws SQLException {
    try (Connection connection = target.connect()) {
      return Catalogue.read(connection, "chat");
    }
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = target.connect();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private Target target(TestDatabase server) {
    return new Target(
        ServiceIdentity.of("chat-service"),
        server.create("draft"),
        MigrationFiles.in(db),
        Limits.DEFAULT,
        Map.of());
  }
}
