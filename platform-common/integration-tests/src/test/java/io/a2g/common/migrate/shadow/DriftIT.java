package io.a2g.common.migrate.shadow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.a2g.common.database.DatabaseUrl;
import io.a2g.common.migrate.ExitCode;
import io.a2g.common.migrate.FlywaySetup;
import io.a2g.common.migrate.Limits;
import io.a2g.common.migrate.MigrationFailure;
import io.a2g.common.migrate.MigrationFiles;
import io.a2g.common.migrate.Target;
import io.a2g.common.migrate.catalogue.Difference;
import io.a2g.common.testkit.database.MigratedDatabase;
import io.a2g.common.testkit.database.TestDatabase;
import io.a2g.common.topology.PlatformSchema;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DriftIT {

  @ParameterizedTest
  @MethodSource("io.a2g.common.topology.PlatformSchema#values")
  void findIsEmptyForAMigratedSchema(PlatformSchema schema) {
    var database = TestDatabase.get().migrated();
    Target target = target(database.migrator(schema), schema);

    assertThat(Drift.find(target, database.superuser()).differences()).isEmpty();
  }

  @Test
  void findIsEmptyWithoutPgvector() {
    var url = TestDatabase.embedded().create("drift");
    Target target = target(url, PlatformSchema.of("agents"));
    FlywaySetup.configure(target).load().migrate();

    assertThat(Drift.find(target, null).differences()).isEmpty();
  }

  @Test
  void findNamesWhatWasChangedByHand() throws SQLException {
    MigratedDatabase database = TestDatabase.get().migrated("drift");
    execute(
        database.superuser(),
        "ALTER TABLE users.users ALTER email TYPE varchar(20)",
        "DROP INDEX users.users_role_id_idx",
        "CREATE TABLE users.leftover (id bigint PRIMARY KEY)");

    assertThat(Drift.find(target(database.superuser(), PlatformSchema.USERS), null).differences())
        .extracting(Difference::name)
        .contains("leftover", "users.email", "users.users_role_id_idx")
        .doesNotContain("leftover.id");
  }

  @Test
  void findSeesTheOperatorClassOfTheVectorIndex() throws SQLException {
    MigratedDatabase database = TestDatabase.get().migrated("operator-class");
    if (!TestDatabase.get().hasPgvector()) {
      // Without pgvector neither side has the index, and none may be missed.
      assertThat(
              Drift.find(target(database.superuser(), PlatformSchema.of("agents")), null)
                  .differences())
          .isEmpty();
      return;
    }
    execute(
        database.superuser(),
        "DROP INDEX agents.agent_embeddings_embedding_vector_idx",
        "CREATE INDEX agent_embeddings_embedding_vector_idx ON agents.agent_embeddings USING hnsw (embedding_vector public.vector_l2_ops)");

    assertThat(
            Drift.find(target(database.superuser(), PlatformSchema.of("agents")), null)
                .differences())
        .extracting(Difference::name)
        .containsExactly("agent_embeddings.agent_embeddings_embedding_vector_idx");
  }

  @Test
  void findIsRefusedToAUserWhoMayNotCreateDatabases() {
    var database = TestDatabase.get().migrated();
    Target target = target(database.migrator(PlatformSchema.USERS), PlatformSchema.USERS);

    assertThatThrownBy(() -> Drift.find(target, null))
        .isInstanceOfSatisfying(
            MigrationFailure.class,
            failure -> assertThat(failure.exitCode()).isEqualTo(ExitCode.NO_RIGHT))
        .hasMessageContaining("--shadow-url");
  }

  @Test
  void shadowsGoWhenClosedAndThoseLeftBehindADayLater() throws SQLException {
    DatabaseUrl url = TestDatabase.embedded().create("shadows");
    execute(
        url,
        "CREATE DATABASE a2g_shadow_users_1_old",
        "COMMENT ON DATABASE a2g_shadow_users_1_old IS '2026-01-01T00:00:00Z'",
        "CREATE DATABASE a2g_shadow_users_1_new",
        "COMMENT ON DATABASE a2g_shadow_users_1_new IS '2126-01-01T00:00:00Z'");

    String name;
    try (var shadow = ShadowDatabase.create(target(url, PlatformSchema.USERS), null)) {
      name = shadow.target().database().database();
      assertThat(shadows(url)).containsExactlyInAnyOrder(name, "a2g_shadow_users_1_new");
    }

    assertThat(shadows(url)).containsExactly("a2g_shadow_users_1_new");
  }

  private static List<String> shadows(DatabaseUrl url) throws SQLException {
    try (Connection connection = target(url, PlatformSchema.USERS).connect();
        var statement = connection.createStatement();
        var result =
            statement.executeQuery(
                "SELECT array_agg(datname::text) FROM pg_database WHERE datname ~ '^a2g_shadow_users'")) {
      result.next();
      return List.of((String[]) result.getArray(1).getArray());
    }
  }

  private static void execute(DatabaseUrl url, String... statements) throws SQLException {
    try (Connection connection = target(url, PlatformSchema.USERS).connect();
        var statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private static Target target(DatabaseUrl url, PlatformSchema schema) {
    Path resources = MigratedDatabase.resources(schema);
    return new Target(
        MigratedDatabase.service(schema),
        url,
        MigrationFiles.in(resources.resolve("db")),
        Limits.DEFAULT,
        Map.of());
  }
}
