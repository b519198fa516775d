package io.a2g.agent;

import static io.a2g.common.testkit.http.Api.object;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.a2g.common.testkit.TestAgents;
import io.a2g.common.testkit.TestUser;
import io.a2g.common.testkit.database.MigratedDatabase;
import io.a2g.common.testkit.database.TestDatabase;
import io.a2g.common.testkit.http.Api;
import io.a2g.common.testkit.peer.FaultProxy;
import io.a2g.common.testkit.peer.FaultProxy.Fault;
import io.a2g.common.testkit.peer.FixedCredential;
import io.a2g.common.testkit.peer.PeerNode;
import io.a2g.common.topology.PlatformSchema;
import java.net.URI;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

/** The whole service while the users schema is in another database; only settings say so. */
@Import(FixedCredential.class)
@DirtiesContext // It audits all the time, which other tests do not expect.
@TestPropertySource(
    properties = {
      "platform.references.audit-interval=PT1S",
      "platform.references.confirm-after=PT0.2S"
    })
class UsersElsewhereIT extends AgentIT {

  private static final String ORPHANS = "/api/v1/orphans";
  private static final long FIRST_ID = 1_000_000;

  private static MigratedDatabase elsewhere;
  private static PeerNode users;
  private static FaultProxy network;

  @LocalServerPort private int port;

  @DynamicPropertySource
  static void usersAreElsewhere(DynamicPropertyRegistry settings) throws SQLException {
    elsewhere = TestDatabase.get().migrated("elsewhere");
    try (var connection = elsewhere.connect();
        var statement = connection.createStatement()) {
      // Ids that no user has in the database of this service.
      statement.execute("ALTER TABLE users.users ALTER COLUMN id RESTART WITH " + FIRST_ID);
    }
    users = PeerNode.start(PlatformSchema.USERS, elsewhere, Map.of());
    network = new FaultProxy();
    network.forwardTo(users.uri());
    settings.add("A2G_USERS_URL", network::url);
  }

  @AfterAll
  static void stop() {
    network.close();
    users.close();
  }

  // After some failures in a row the breaker refuses for some seconds, the next test's calls too.
  @AfterEach
  void heal() {
    network.heal();
    TestUser admin = users().admin();
    await()
        .atMost(30, SECONDS)
        .until(() -> as(admin).post(AGENTS, agent("owner_id", Long.MAX_VALUE)).status() == 422);
  }

  @Override
  protected MigratedDatabase database() {
    return elsewhere;
  }

  @Test
  void agentIsRegisteredAndShownWithItsOwnersNames() {
    TestUser owner = users().user();

    String path = register(owner);

    var agent = as(owner).get(path).expect(200);
    assertThat(agent.at("/owner/id").asLong())
        .isEqualTo(owner.id())
        .isGreaterThanOrEqualTo(FIRST_ID);
    assertThat(agent.at("/owner/username").asString()).isEqualTo(owner.username());
  }

  @Test
  void ownersEmailIsForReadersOfTheUserOnly() throws SQLException {
    TestUser owner = users().user();
    String email = owner.username() + "@mail.example";
    try (var connection = elsewhere.connect();
        var statement = connection.createStatement()) {
      statement.execute(
          "UPDATE users.users SET email = '%s' WHERE id = %d".formatted(email, owner.id()));
    }
    String path = deployed(owner, "PUBLIC");

    for (TestUser reader : List.of(owner, users().admin())) {
      var agent = as(reader).get(path).expect(200);
      assertThat(agent.at("/owner/email").asString()).isEqualTo(email);
      assertThat(agent.at("/owner/username").asString()).isEqualTo(owner.username());
    }
    var others = as(users().user()).get(path).expect(200);
    assertThat(others.at("/owner/email").isNull()).isTrue();
    assertThat(others.at("/owner/username").asString()).isEqualTo(owner.username());
  }

  @Test
  void pageOfAgentsCostsOneCallForNamesAndTheNextOneNone() {
    for (int i = 0; i < 3; i++) {
      // Behind the service's back, so that it has not seen these owners.
      agents().of(users().user().id());
    }
    TestUser admin = users().admin();
    AtomicInteger calls = new AtomicInteger();
    network.breakWith(path -> {
      calls.addAndGet(path.endsWith("/names") ? 1 : 0);
      return Fault.NONE;
    });

    var page = as(admin).get(AGENTS + "?limit=3").expect(200);
    as(admin).get(AGENTS + "?limit=3").expect(200);

    assertThat(calls).hasValue(1);
    assertThat(page.at("/items"))
        .hasSize(3)
        .allSatisfy(item -> assertThat(item.at("/owner/username").asString()).startsWith("test"));
  }

  @Test
  void deletedOwnerIsRefused() {
    TestUser admin = users().admin();
    TestUser gone = users().user();
    users().delete(gone);

    as(admin)
        .post(AGENTS, agent("owner_id", gone.id()))
        .expectProblem(422, "reference_not_found", "owner_id");
  }

  @Test
  void silentUserServiceMeans503AndNothingStored() {
    TestUser owner = users().user();
    String name = freshName();
    as(owner).get(AGENTS).expect(200); // the caller is known for ten seconds
    network.breakWith(path -> Fault.REQUEST_LOST);

    var refused = as(owner).post(AGENTS, agent("name", name)).expectProblem(503, "unavailable");

    assertThat(refused.header("Retry-After")).isNotNull();
    network.heal();
    // The name is free: nothing is left of the first attempt.
    var answer = as(owner).post(AGENTS, agent("name", name));
    while (answer.status() == 503) {
      // Some calls failed in a row; the breaker lets one try after a pause.
      answer = as(owner).post(AGENTS, agent("name", name));
    }
    answer.expect(201);
  }

  @Test
  void lostAnswerIsAskedForAgain() {
    TestUser owner = users().user();
    AtomicInteger calls = new AtomicInteger();
    network.breakWith(path ->
        path.endsWith("/reserve") && calls.incrementAndGet() == 1 ? Fault.ANSWER_LOST : Fault.NONE);

    register(owner);

    assertThat(calls).hasValue(2);
  }

  @Test
  void internalEndpointsAreForServicesOnly() {
    TestUser admin = users().admin();
    Map<String, Object> body = object("ids", List.of());

    as(admin).post("/internal/references/settle", body).expectProblem(404, "not_found");
    anonymous().post("/internal/references/settle", body).expectProblem(404, "not_found");
    service(FixedCredential.TOKEN + "x").post("/internal/references/settle", body).expect(404);
    service(FixedCredential.TOKEN).post("/internal/references/settle", body).expect(200);
    as(admin).get("/internal/anything").expectProblem(404, "not_found");
    assertThat(anonymous().get("/v3/api-docs").expect(200).text()).doesNotContain("internal");
  }

  @Test
  void orphanIsFoundByTheClockAndRepairedByTheDeclaredRule() throws SQLException {
    long kept = idOf(register(users().user()));
    TestUser gone = users().user();
    long left = idOf(register(gone));
    long planted = agents().of(Long.MAX_VALUE);
    // As an UPDATE typed in psql, which checks no references.
    users().delete(gone);
    Api admin = as(users().admin());
    // The audit's own questions go astray, too.
    AtomicInteger calls = new AtomicInteger();
    network.breakWith(path ->
        path.endsWith("/states") && calls.incrementAndGet() % 2 == 1
            ? Fault.ANSWER_LOST
            : Fault.NONE);

    await().atMost(30, SECONDS).until(() -> orphans(admin).containsAll(List.of(left, planted)));
    assertThat(orphans(admin)).doesNotContain(kept);

    admin
        .post(ORPHANS + "/repair", object("dry_run", false, "reference", "agents.owner_id"))
        .expect(200);
    assertThat(orphans(admin)).doesNotContain(left, planted);
    assertThat(isLive(kept)).isTrue();
    assertThat(isLive(left)).isFalse();
    assertThat(isLive(planted)).isFalse();
  }

  @Test
  void silentUserServiceMeansNotAuditedAndNotThatUsersAreGone() {
    Api admin = as(users().admin());
    long agent = idOf(register(users().user()));
    admin.get(ORPHANS).expect(200); // the caller is known for ten seconds
    network.breakWith(path -> Fault.REQUEST_LOST);

    var audit = admin.post(ORPHANS + "/audit", "{}");
    while (audit.status() == 409) {
      // The one that the clock began.
      audit = admin.post(ORPHANS + "/audit", "{}");
    }

    assertThat(audit.expect(200).at("/references/0/not_audited").asString())
        .contains("user-service");
    network.heal();
    assertThat(orphans(admin)).doesNotContain(agent);
  }

  private static List<Long> orphans(Api admin) {
    List<Long> rows = new ArrayList<>();
    admin
        .get(ORPHANS + "?limit=200&confirmed=true")
        .expect(200)
        .at("/items")
        .forEach(item -> rows.add(item.path("row_id").asLong()));
    return rows;
  }

  private static boolean isLive(long agent) throws SQLException {
    try (var connection = TestDatabase.get().migrated().connect();
        var statement = connection.createStatement();
        var row =
            statement.executeQuery(
                "SELECT deleted_at IS NULL FROM agents.agents WHERE id = " + agent)) {
      row.next();
      return row.getBoolean(1);
    }
  }

  private Api service(String token) {
    return new Api(URI.create("http://127.0.0.1:" + port), token);
  }

  // Those of this service are in the shared database, their owners elsewhere.
  private static TestAgents agents() {
    return new TestAgents(TestDatabase.get().migrated());
  }
}
