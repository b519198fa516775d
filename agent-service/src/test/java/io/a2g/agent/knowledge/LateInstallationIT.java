package io.a2g.agent.knowledge;

import static io.a2g.common.testkit.http.Api.object;
import static org.assertj.core.api.Assertions.assertThat;

import io.a2g.agent.AgentServiceApplication;
import io.a2g.common.testkit.RunningService;
import io.a2g.common.testkit.TestUsers;
import io.a2g.common.testkit.database.MigratedDatabase;
import io.a2g.common.testkit.database.TestDatabase;
import io.a2g.common.testkit.http.Api;
import io.a2g.common.topology.PlatformSchema;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * pgvector that comes after the data, and goes. On a server that does not have it, the same steps
 * must do no harm.
 */
class LateInstallationIT {

  private static final boolean PGVECTOR = TestDatabase.get().hasPgvector();

  private final Random random = new Random(3);
  private final float[] question = Vectors.random(random);
  private MigratedDatabase database;
  private String key;

  @BeforeEach
  void makeDatabaseWithoutExtension() throws SQLException {
    database = TestDatabase.get().migrated("late");
    key = new TestUsers(database).user().key();
    execute("DROP EXTENSION IF EXISTS vector CASCADE");
  }

  @Test
  void laterInstallationIsPickedUpByTheNextMigration() throws SQLException {
    String agent;
    JsonNode before;
    try (var service = RunningService.start(AgentServiceApplication.class, database)) {
      agent = learn(api(service));
      before = search(api(service), agent);
      assertThat(IndexedColumn.type(database)).isEmpty();

      install();
      database.migrate(PlatformSchema.of("agents"));

      assertThat(IndexedColumn.type(database)).isEqualTo(PGVECTOR ? "vector(384)" : "");
      assertThat(IndexedColumn.index(database)).contains(PGVECTOR ? "hnsw" : "");
      assertThat(search(api(service), agent)).isEqualTo(before);
    }
    try (var service = RunningService.start(AgentServiceApplication.class, database)) {
      var layout = service.context().getBean(EmbeddingLayouts.class).current();
      assertThat(layout.pgvector() != null).isEqualTo(PGVECTOR);
      assertThat(search(api(service), agent)).isEqualTo(before);
    }
  }

  @Test
  void removalUnderARunningServiceCostsOneSearch() throws SQLException {
    install();
    try (var service = RunningService.start(AgentServiceApplication.class, database)) {
      String agent = learn(api(service));
      JsonNode before = search(api(service), agent);

      execute("DROP EXTENSION IF EXISTS vector CASCADE");
      var first = api(service).post(agent + "/embeddings/search", object("embedding", question));

      assertThat(first.status()).as(first.text()).isEqualTo(PGVECTOR ? 503 : 200);
      assertThat(search(api(service), agent)).isEqualTo(before);
    }
  }

  private String learn(Api api) {
    var agent = api.post("/api/v1/agents", object("name", "Late", "framework", "AGNO"));
    String path = "/api/v1/agents/" + agent.expect(201).id();
    var chunks =
        IntStream.range(0, 100)
            .mapToObj(i -> object("content", "c" + i, "embedding", Vectors.random(random)))
            .toList();
    api.post(path + "/embeddings", object("chunks", chunks)).expect(201);
    return path;
  }

  private JsonNode search(Api api, String agent) {
    return api.post(agent + "/embeddings/search", object("embedding", question, "top_k", 30))
        .expect(200)
        .json();
  }

  private Api api(RunningService service) {
    return service.api().as(key);
  }

  private void install() throws SQLException {
    if (PGVECTOR) {
      execute("CREATE EXTENSION vector SCHEMA public");
    }
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
