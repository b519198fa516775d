package io.a2g.agent;

import io.a2g.common.testkit.database.MigratedDatabase;
import io.a2g.common.topology.PlatformSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.List;

/** Takes migrations back with their undo files, as the migrator role. */
public final class Undo {

  private static final Path FILES = Path.of("src/main/resources/db/undo");

  private Undo() {}

  /**
   * Leaves the schema as it was before one migration.
   *
   * @param version e.g. {@code 20261201_0811}: the oldest that is taken back
   */
  public static void backTo(MigratedDatabase database, String version)
      throws IOException, SQLException {
    try (Connection migrator = database.connect(database.migrator(PlatformSchema.of("agents")));
        Statement statement = migrator.createStatement()) {
      for (Path file : newestFirst()) {
        String number = file.getFileName().toString().substring(1, version.length() + 1);
        if (number.compareTo(version) >= 0) {
          statement.execute(Files.readString(file));
          statement.execute(
              "DELETE FROM agents.flyway_schema_history WHERE version = '%s'"
                  .formatted(number.replace('_', '.')));
        }
      }
    }
  }

  private static List<Path> newestFirst() throws IOException {
    try (var files = Files.list(FILES)) {
      return files.sorted(Comparator.reverseOrder()).toList();
    }
  }
}
