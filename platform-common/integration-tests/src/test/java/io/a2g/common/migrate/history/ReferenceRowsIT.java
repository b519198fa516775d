package io.a2g.common.migrate.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2g.common.migrate.Limits;
import io.a2g.common.migrate.MigrationFiles;
import io.a2g.common.migrate.Target;
import io.a2g.common.testkit.database.MigratedDatabase;
import io.a2g.common.testkit.database.TestDatabase;
import io.a2g.common.topology.PlatformSchema;
import io.a2g.common.topology.ServiceIdentity;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ReferenceRowsIT {

  private static final PlatformSchema AGENTS = PlatformSchema.of("agents");
  private static final String OWNER = "agents.owner_id required user RESTRICT SOFT_DELETE";

  private static MigratedDatabase database;

  @BeforeAll
  static void makeDatabase() {
    database = TestDatabase.get().migrated("reference_rows");
  }

  @Test
  void upgradeLeavesWhatIsDeclaredAndHasAColumn() throws SQLException {
    execute(
        "UPDATE agents.declared_references SET on_delete = 'KEEP'",
        "INSERT INTO agents.declared_references VALUES ('agents', 'id', true, 'users.users', 'KEEP', 'SET_NULL')");

    upgrade(OWNER, "agents.later_id nullable user KEEP SET_NULL");

    assertThat(rows()).containsExactly("agents.owner_id f users.users RESTRICT SOFT_DELETE");
  }

  @Test
  void rowThatIsRightIsNotWrittenAgain() throws SQLException {
    upgrade(OWNER);
    List<String> before = rows("xmin::text");

    upgrade(OWNER);

    assertThat(rows("xmin::text")).hasSize(1).isEqualTo(before);
  }

  @Test
  void serviceThatDeclaresNothingHasNoRows() throws SQLException {
    upgrade();

    assertThat(rows()).isEmpty();
  }

  @Test
  void schemaWithoutTheTableIsPassedOver() throws SQLException {
    try (Connection connection = database.connect(database.migrator(PlatformSchema.USERS))) {
      ReferenceRows.write(connection, ServiceIdentity.of("user-service"));
    }
  }

  private static void upgrade(String... references) {
    var target =
        new Target(
            ServiceIdentity.of("agent-service", List.of(references)),
            database.migrator(AGENTS),
            MigrationFiles.in(MigratedDatabase.resources(AGENTS).resolve("db")),
            Limits.DEFAULT);
    new Upgrade(target, "kim", Progress.NONE).run("head");
  }

  private static List<String> rows() throws SQLException {
    return rows(
        "concat_ws(' ', table_name || '.' || column_name, nullable, target, on_delete, on_orphan)");
  }

  private static List<String> rows(String columns) throws SQLException {
    try (Connection connection = database.connect();
        var statement = connection.createStatement();
        var result =
            statement.executeQuery(
                "SELECT %s FROM agents.declared_references".formatted(columns))) {
      List<String> rows = new ArrayList<>();
      while (result.next()) {
        rows.add(result.getString(1));
      }
      return rows;
    }
  }

  private static void execute(String... statements) throws SQLException {
    try (Connection connection = database.connect();
        var statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }
}
