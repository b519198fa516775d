package io.a2g.common.testkit.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.a2g.common.database.DatabaseUrl;
import io.a2g.common.migrate.Limits;
import io.a2g.common.migrate.MigrationFiles;
import io.a2g.common.migrate.Target;
import io.a2g.common.topology.PlatformSchema;
import java.sql.SQLException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TestDatabaseIT {

  static Stream<TestDatabase> servers() {
    return Stream.of(TestDatabase.get(), TestDatabase.embedded());
  }

  @Test
  void embeddedHasNoPgvector() {
    assertThat(TestDatabase.embedded().hasPgvector()).isFalse();
    assertThat(TestDatabase.embedded()).isSameAs(TestDatabase.embedded());
  }

  @Test
  void createMakesAnotherDatabaseEachTime() {
    var first = TestDatabase.get().create("same");
    var second = TestDatabase.get().create("same");

    assertThat(first.database()).endsWith("_same").isNotEqualTo(second.database());
  }

  @ParameterizedTest
  @MethodSource("servers")
  void serverRefusesWrongPasswords(TestDatabase server) {
    var wrong = server.superuser().withCredentials(server.superuser().user(), "wrong");

    assertThatThrownBy(() -> TestServer.connect(wrong))
        .hasMessageContaining("password authentication failed");
  }

  @ParameterizedTest
  @MethodSource("servers")
  void migratedHasEveryMigrationOfTheCheckout(TestDatabase server) throws SQLException {
    var database = server.migrated();

    for (var schema : PlatformSchema.values()) {
      assertThat(applied(database, schema)).as(schema.schemaName()).isEqualTo(versions(schema));
    }
    assertThat(server.migrated()).isSameAs(database);
  }

  @ParameterizedTest
  @MethodSource("io.a2g.common.topology.PlatformSchema#values")
  void propertiesLogInAsTheRolesOfTheSchema(PlatformSchema schema) throws SQLException {
    var database = TestDatabase.get().migrated();
    var properties = database.properties(schema);

    assertThat(user(properties.get("DATABASE_URL"))).isEqualTo(schema.appRole());
    assertThat(user(properties.get("MIGRATION_DATABASE_URL"))).isEqualTo(schema.ownerRole());
  }

  private static String user(String url) throws SQLException {
    return text(DatabaseUrl.parse(url), "SELECT current_user");
  }

  private static long applied(MigratedDatabase database, PlatformSchema schema)
      throws SQLException {
    return Long.parseLong(
        text(
            database.superuser(),
            "SELECT count(*) FROM %s.flyway_schema_history WHERE success AND version IS NOT NULL"
                .formatted(schema.schemaName())));
  }

  private static String text(DatabaseUrl url, String sql) throws SQLException {
    try (var connection = TestServer.connect(url);
        var statement = connection.createStatement();
        var result = statement.executeQuery(sql)) {
      result.next();
      return result.getString(1);
    }
  }

  private static long versions(PlatformSchema schema) {
    var target =
        new Target(
            MigratedDatabase.service(schema),
            TestDatabase.embedded().superuser(),
            MigrationFiles.in(MigratedDatabase.resources(schema).resolve("db")),
            Limits.DEFAULT);
    return target.files().names(MigrationFiles.MIGRATION).stream()
        .filter(name -> name.matches("V.*\\.sql"))
        .count();
  }
}
