package io.a2g.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2g.common.schema.PlatformSchema;
import io.a2g.common.testkit.database.MigratedDatabase;
import io.a2g.common.testkit.database.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

class MigrationIT {

  private static final Path UNDO = Path.of("src/main/resources/db/undo");

  @Test
  void undoFilesTakeBackEverythingAndMigrationsApplyAgain() throws Exception {
    MigratedDatabase database = TestDatabase.get().migrated("undo");
    String before = objects(database);

    try (Connection migrator = database.connect(database.migrator(PlatformSchema.CHAT));
        Statement statement = migrator.createStatement()) {
      for (Path file : undoFilesNewestFirst()) {
        statement.execute(Files.readString(file));
      }
      statement.execute("DELETE FROM chat.flyway_schema_history");
    }

    assertThat(objects(database))
        .isEqualTo("flyway_schema_history,flyway_schema_history_pk,flyway_schema_history_s_idx");
    database.migrate(PlatformSchema.CHAT);
    assertThat(objects(database)).isEqualTo(before);
  }

  private static List<Path> undoFilesNewestFirst() throws IOException {
    try (var files = Files.list(UNDO)) {
      return files.sorted(Comparator.reverseOrder()).toList();
    }
  }

  private static String objects(MigratedDatabase database) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        var row =
            statement.executeQuery(
                """
                SELECT string_agg(name, ',' ORDER BY name) FROM (
                  SELECT relname::text FROM pg_class
                  WHERE relnamespace = 'chat'::regnamespace AND relkind <> 't'
                  UNION ALL
                  SELECT oid::regprocedure::text FROM pg_proc
                  WHERE pronamespace = 'chat'::regnamespace) AS o (name)
                """)) {
      row.next();
      return row.getString(1);
    }
  }
}
