package io.a2g.agent.knowledge;

import static io.a2g.common.testkit.http.Api.object;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.a2g.agent.AgentServiceApplication;
import io.a2g.common.migrate.cli.MigrateTool;
import io.a2g.common.testkit.RunningService;
import io.a2g.common.testkit.TestUsers;
import io.a2g.common.testkit.database.MigratedDatabase;
import io.a2g.common.testkit.database.TestDatabase;
import io.a2g.common.testkit.http.Api;
import io.a2g.common.topology.PlatformSchema;
import io.a2g.common.topology.ServiceIdentity;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DimensionIT {

  @Test
  void firstMigrationFixesTheDimensionAndLaterSettingsGiveWay() throws Exception {
    MigratedDatabase database = TestDatabase.get().migrated("dimension");
    // Without the table of embeddings, as a database whose dimension is not fixed yet.
    migrate(database, "downgrade", "20261201_0810", "--force");
    migrate(database, "release");
    String key = new TestUsers(database).user().key();

    try (var service =
        RunningService.start(AgentServiceApplication.class, database, "--EMBEDDING_DIMENSION=3")) {
      learnAndFind(service.api().as(key), "first");
    }
    try (var service =
        RunningService.start(AgentServiceApplication.class, database, "--EMBEDDING_DIMENSION=5")) {
      learnAndFind(service.api().as(key), "second");
    }
  }

  private static void migrate(MigratedDatabase database, String... command) {
    Map<String, String> environment =
        new HashMap<>(database.properties(PlatformSchema.of("agents")));
    environment.put("MIGRATION_SHADOW_URL", database.superuser().uri());
    StringWriter said = new StringWriter();
    PrintWriter out = new PrintWriter(said, true);

    int code = MigrateTool.run(ServiceIdentity.of("agent-service"), environment, out, out, command);

    assertThat(code).as(said::toString).isZero();
  }

  private static void learnAndFind(Api api, String name) {
    long id = api.post("/api/v1/agents", object("name", name, "framework", "ADK")).id();
    String path = "/api/v1/agents/" + id + "/embeddings";
    var chunk = object("content", "x", "embedding", List.of(1, 2, 2));
    api.post(path, object("chunks", List.of(chunk))).expect(201);

    var found = api.post(path + "/search", object("embedding", List.of(1, 2, 2))).expect(200);

    assertThat(found.at("/items/0/content").asString()).isEqualTo("x");
    api.post(path + "/search", object("embedding", List.of(1, 2, 2, 4, 5)))
        .expectProblem(422, "validation_failed", "embedding");
  }

  @Test
  void dimensionThatNoIndexTakesStopsTheStart() {
    MigratedDatabase database = TestDatabase.get().migrated();

    assertThatThrownBy(() ->
            RunningService.start(
                AgentServiceApplication.class, database, "--EMBEDDING_DIMENSION=2001"))
        .hasMessageContaining("platform");
    assertThatThrownBy(() ->
            RunningService.start(
                AgentServiceApplication.class, database, "--EMBEDDING_DIMENSION=many"))
        .hasMessageContaining("platform");
  }
}
