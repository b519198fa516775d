package io.a2g.user.oauth;

import static io.a2g.common.testkit.http.Api.object;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import io.a2g.common.security.Role;
import io.a2g.common.testkit.PlatformIT;
import io.a2g.common.testkit.TestUser;
import io.a2g.common.testkit.database.TestDatabase;
import io.a2g.common.testkit.http.Answer;
import io.a2g.common.testkit.http.Api;
import io.a2g.common.testkit.peer.PeerNode;
import io.a2g.common.topology.PlatformSchema;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;

/**
 * What user-service takes away is refused by the other services, in every replica: here two of
 * agent-service and one of each other, over HTTP, with the caches they have in production. Each
 * test waits for such a cache, so they wait together.
 */
class EnforcementIT extends PlatformIT {

  private static final Duration PROMISED = Duration.ofSeconds(30);
  // Read by administrators; each of the five services has it.
  private static final String ADMINISTRATORS_ONLY = "/api/v1/audit-events";
  // A resource that these nodes do not have, so a user who is let in finds nothing.
  private static final String USERS_TOO = "/api/v1/nothing";

  private static List<PeerNode> nodes = List.of();

  private TestUser boss;
  private TestUser user;

  @BeforeAll
  static void startOthers() {
    nodes =
        Stream.of(
                PlatformSchema.of("agents"),
                PlatformSchema.of("agents"),
                PlatformSchema.of("chat"),
                PlatformSchema.of("tracing"),
                PlatformSchema.of("admin"))
            .map(schema -> PeerNode.start(schema, TestDatabase.get().migrated(), Map.of()))
            .toList();
  }

  @AfterAll
  static void stopOthers() {
    nodes.forEach(PeerNode::close);
  }

  @BeforeEach
  void makeUsers() {
    boss = users().admin();
    user = users().user();
  }

  @Test
  @Execution(CONCURRENT) // not the class, which would run beside other classes then
  void revokedKey() {
    Answer issued = as(user).post("/api/v1/api-keys", object("name", "laptop")).expect(201);
    String key = issued.at("/key").asString();
    everywhere(key, USERS_TOO, 404);

    as(user).delete("/api/v1/api-keys/" + issued.id()).expect(204);

    awaitEverywhere(key, USERS_TOO, 401);
  }

  @Test
  @Execution(CONCURRENT)
  void demotedAdministrator() {
    TestUser other = users().admin();
    everywhere(other.key(), ADMINISTRATORS_ONLY, 200);

    as(boss)
        .put("/api/v1/users/" + other.id() + "/role", object("role", Role.USER.name()))
        .expect(200);

    awaitEverywhere(other.key(), ADMINISTRATORS_ONLY, 403);
  }

  @Test
  @Execution(CONCURRENT)
  void disabledUserAndOneWhoIsLetInAgain() {
    everywhere(user.key(), USERS_TOO, 404);

    as(boss).post("/api/v1/users/" + user.id() + "/disable", object("reason", "left")).expect(200);
    awaitEverywhere(user.key(), USERS_TOO, 401);

    as(boss).post("/api/v1/users/" + user.id() + "/enable", object()).expect(200);
    everywhere(user.key(), USERS_TOO, 404);
  }

  @Test
  @Execution(CONCURRENT)
  void deletedUser() {
    everywhere(user.key(), USERS_TOO, 404);

    as(boss).delete("/api/v1/users/" + user.id()).expect(204);

    awaitEverywhere(user.key(), USERS_TOO, 401);
  }

  @Test
  @Execution(CONCURRENT)
  void accessTokenOfARevokedGrantOrAUserWhoIsGone() {
    TestClient client = TestClient.forUsers(as(boss), false, false);
    Answer tokens = tokens(client);
    String access = tokens.at("/access_token").asString();
    String other = tokens(client).at("/access_token").asString();
    onAgents(access, 404);
    onAgents(other, 404);

    client.post("/oauth2/revoke", "token", tokens.at("/refresh_token").asString()).expect(200);
    await().atMost(PROMISED).untilAsserted(() -> onAgents(access, 401));
    onAgents(other, 404);

    as(boss).post("/api/v1/users/" + user.id() + "/disable", object("reason", "left")).expect(200);
    await().atMost(PROMISED).untilAsserted(() -> onAgents(other, 401));
  }

  @Test
  @Execution(CONCURRENT)
  void tokenOfAClientIsNoUsers() {
    TestClient service = TestClient.service(as(boss), "internal");
    String access =
        service
            .token("grant_type", "client_credentials", "scope", "internal")
            .expect(200)
            .at("/access_token")
            .asString();

    everywhere(access, USERS_TOO, 401);
    anonymous().as(access).get("/api/v1/users/me").expect(401);
    // Its name is none of a service's.
    anonymous().as(access).post("/internal/callers", object()).expect(404);
  }

  private Answer tokens(TestClient client) {
    Browser browser = new Browser(anonymous().base());
    return client
        .exchange(client.code(browser, user, "openid offline_access agents:read"))
        .expect(200);
  }

  private static void onAgents(String credential, int status) {
    nodes.stream()
        .limit(2)
        .forEach(node -> new Api(node.uri(), credential).get(USERS_TOO).expect(status));
  }

  private static void everywhere(String credential, String path, int status) {
    nodes.forEach(node -> new Api(node.uri(), credential).get(path).expect(status));
  }

  private static void awaitEverywhere(String credential, String path, int status) {
    await().atMost(PROMISED).untilAsserted(() -> everywhere(credential, path, status));
  }
}
