package io.a2g.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2g.common.schema.PlatformSchema;
import io.a2g.common.testkit.database.MigratedDatabase;
import io.a2g.common.testkit.database.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

class MigrationIT {

  @Test
  void undoFilesTakeBackEverythingAndMigrationsApplyAgain() throws Exception {
    MigratedDatabase database = TestDatabase.get().migrated("undo");
    String before = objects(database);

    Undo.backTo(database, "00000000_0000");

    assertThat(objects(database))
        .isEqualTo("flyway_schema_history,flyway_schema_history_pk,flyway_schema_history_s_idx");
    database.migrate(PlatformSchema.AGENTS);
    assertThat(objects(database)).isEqualTo(before);
  }

  private static String objects(MigratedDatabase database) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        var row =
            statement.executeQuery(
                """
                SELECT string_agg(name, ',' ORDER BY name) FROM (
                  SELECT relname::text FROM pg_class
                  WHERE relnamespace = 'agents'::regnamespace AND relkind <> 't'
                  UNION ALL
                  SELECT oid::regprocedure::text FROM pg_proc
                  WHERE pronamespace = 'agents'::regnamespace) AS o (name)
                """)) {
      row.next();
      return row.getString(1);
    }
  }
}
