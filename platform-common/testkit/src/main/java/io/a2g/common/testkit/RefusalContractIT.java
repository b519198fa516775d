package io.a2g.common.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.a2g.common.security.ApiKey;
import io.a2g.common.security.Role;
import io.a2g.common.testkit.http.Answer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.ApplicationContext;

/**
 * Whom no service lets in, tried at every endpoint that the service has: nobody, keys and people
 * that are gone, people who wait for approval, and every kind of forged or stale access token.
 */
public abstract class RefusalContractIT extends PlatformIT {

  // Each of the five services has it.
  private static final String ADMINISTRATORS_ONLY = "/api/v1/audit-events?limit=1";
  private static final Duration KEYS_ARE_READ_AGAIN = Duration.ofSeconds(40);

  @Autowired private ApplicationContext service;

  @Value("${platform.security.issuer}")
  private String issuer;

  private TestIssuer tokens;

  @BeforeEach
  void publishAKey() {
    tokens = new TestIssuer(database(), issuer);
  }

  @AfterEach
  void withdrawTheKey() {
    tokens.withdraw();
  }

  @Test
  void wrongTokensAreRefusedEverywhere() {
    TestUser admin = users().admin();
    // The same issuer's good token is accepted, so the others are refused for what is wrong in
    // them.
    String valid = tokens.valid(admin);
    await()
        .atMost(KEYS_ARE_READ_AGAIN)
        .untilAsserted(() -> anonymous().as(valid).get(ADMINISTRATORS_ONLY).expect(200));

    tokens
        .wrong(admin, users().admin())
        .forEach((what, token) ->
            closed()
                .forEach(endpoint -> {
                  Answer answer = call(endpoint, "Authorization", "Bearer " + token);
                  assertThat(answer.status()).as("%s: %s", endpoint, what).isEqualTo(401);
                  assertThat(answer.header("WWW-Authenticate")).as(what).startsWith("Bearer");
                }));
  }

  @Test
  void nobodyAndWhoIsGoneAreRefusedEverywhere() throws SQLException {
    Map<String, String> keys = new LinkedHashMap<>();
    keys.put("unknown", ApiKey.generate().text());
    keys.put("revoked", ended("UPDATE users.api_keys SET revoked_at = now() WHERE user_id = "));
    keys.put("expired", ended("UPDATE users.api_keys SET expires_at = now() WHERE user_id = "));
    keys.put("deleted", ended("UPDATE users.users SET deleted_at = now() WHERE id = "));
    keys.put("disabled", ended("UPDATE users.users SET disabled_at = now() WHERE id = "));

    for (Endpoint endpoint : closed().toList()) {
      assertThat(call(endpoint).status()).as("%s: nobody", endpoint).isEqualTo(401);
      keys.forEach((what, key) -> {
        assertThat(call(endpoint, "Authorization", "Bearer " + key).status())
            .as("%s: %s", endpoint, what)
            .isEqualTo(401);
        assertThat(call(endpoint, "X-API-Key", key).status())
            .as("%s: %s", endpoint, what)
            .isEqualTo(401);
      });
    }
  }

  @Test
  void whoWaitsForApprovalMayDoNothingButReadAndCompleteTheOwnProfile() {
    String key = users().make(Role.PENDING, null).key();

    List<Endpoint> others =
        closed().filter(endpoint -> !endpoint.path().equals("/api/v1/users/me")).toList();

    assertThat(others).isNotEmpty();
    others.forEach(endpoint -> {
      Answer answer = call(endpoint, "Authorization", "Bearer " + key);
      assertThat(answer.status()).as(endpoint.toString()).isEqualTo(403);
      assertThat(answer.text()).as(endpoint.toString()).contains("waits for an administrator");
    });
  }

  @Test
  void credentialInTheAddressIsRefused() {
    TestUser admin = users().admin();
    for (String name : List.of("api_key", "access_token", "key", "q")) {
      anonymous()
          .get(ADMINISTRATORS_ONLY + "&" + name + "=" + admin.key())
          .expectProblem(400, "invalid_request");
      as(admin)
          .get(ADMINISTRATORS_ONLY + "&" + name + "=" + admin.key())
          .expectProblem(400, "invalid_request");
    }
  }

  @Test
  void addressWithoutAnEndpointIsNotFoundWhoeverAsks() {
    for (String path : List.of("/nothing", "/.well-known/oauth-protected-resource/")) {
      anonymous().get(path).expectProblem(404, "not_found");
      as(users().admin()).get(path).expectProblem(404, "not_found");
    }
    anonymous().get("/nothing", "X-API-Key", "wrong").expectProblem(401, "unauthenticated");
  }

  @Test
  void oneOfTwoCredentialsIsNotChosen() {
    TestUser admin = users().admin();
    String bearer = "Bearer " + admin.key();
    List<String[]> pairs =
        List.of(
            new String[] {"Authorization", bearer, "Authorization", bearer},
            new String[] {"X-API-Key", admin.key(), "X-API-Key", admin.key()},
            new String[] {"Authorization", bearer, "X-API-Key", admin.key()});

    for (String[] pair : pairs) {
      anonymous().get(ADMINISTRATORS_ONLY, pair).expectProblem(401, "unauthenticated");
    }
  }

  @Test
  void endpointsOfServicesDoNotExistForPeople() {
    TestUser admin = users().admin();
    String token = tokens.valid(admin);

    List<Endpoint> internal =
        endpoints().filter(endpoint -> endpoint.path().startsWith("/internal/")).toList();

    assertThat(internal).isNotEmpty();
    internal.forEach(endpoint -> {
      for (String credential : List.of(admin.key(), token)) {
        assertThat(call(endpoint, "Authorization", "Bearer " + credential).status())
            .as(endpoint.toString())
            .isEqualTo(404);
      }
      assertThat(call(endpoint).status()).as(endpoint.toString()).isEqualTo(404);
    });
  }

  /** One of the service's endpoints with its rule. */
  private record Endpoint(String path, String method, String rule) {

    @Override
    public String toString() {
      return method + " " + path;
    }
  }

  private Stream<Endpoint> endpoints() {
    return new AccessRuleList(service)
        .lines().stream()
            .map(line -> line.split(" {2}", 3))
            .map(line -> new Endpoint(line[0].replaceAll("\\{[^/]+}", "1"), line[1], line[2]));
  }

  private Stream<Endpoint> closed() {
    return endpoints()
        .filter(endpoint ->
            !endpoint.rule().equals("everybody")
                && !endpoint.rule().startsWith("services of the platform"));
  }

  private Answer call(Endpoint endpoint, String... headers) {
    return anonymous().send(endpoint.method(), endpoint.path(), null, headers);
  }

  private String ended(String sql) throws SQLException {
    TestUser user = users().admin();
    try (Connection connection = database().connect();
        Statement statement = connection.createStatement()) {
      assertThat(statement.executeUpdate(sql + user.id())).isEqualTo(1);
    }
    return user.key();
  }
}
