package io.a2g.common.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2g.common.security.ApiKey;
import io.a2g.common.testkit.TestUser;
import io.a2g.common.testkit.TestUsers;
import io.a2g.common.testkit.database.MigratedDatabase;
import io.a2g.common.testkit.database.TestDatabase;
import io.a2g.common.testkit.http.Answer;
import io.a2g.common.testkit.http.Api;
import io.a2g.common.testkit.peer.PeerNode;
import io.a2g.common.topology.PlatformSchema;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Somebody who guesses keys. */
class FailedAttemptsIT {

  private static final int ATTEMPTS = 10_000;
  // Refilled once a minute: never between two requests of one test, however slow the machine is.
  private static final int LIMIT = 1;
  private static final String PATH = "/api/v1/audit-events?limit=1";

  @Test
  void tenThousandWrongKeysAreRefusedWithoutAQuery() {
    MigratedDatabase database = TestDatabase.get().migrated();
    try (PeerNode node = PeerNode.start(PlatformSchema.USERS, database, settings(LIMIT))) {
      TestUser known = new TestUsers(database).admin();
      api(node, known.key()).get(PATH).expect(200);
      int before = CountedCallers.LOOKUPS.get();

      int unauthenticated = attempt(node, ATTEMPTS);

      // Those in flight when the first one failed; more only where 10,000 requests take minutes.
      assertThat(unauthenticated).isBetween(LIMIT, 4 * Crowd.THREADS);
      assertThat(CountedCallers.LOOKUPS.get()).isEqualTo(before);
      // Who was known before is served; who was not has to wait.
      api(node, known.key()).get(PATH).expect(200);
      Answer other = api(node, new TestUsers(database).admin().key()).get(PATH);
      other.expectProblem(429, "rate_limited");
      assertThat(Integer.parseInt(other.header("Retry-After"))).isPositive();
      api(node, null).get("/actuator/health").expect(200);
      api(node, wrong(1)).get("/actuator/health").expectProblem(429, "rate_limited");
    }
  }

  @Test
  void wrongChecksumCostsNoQueryAndAWellFormedKeyOne() {
    MigratedDatabase database = TestDatabase.get().migrated();
    try (PeerNode node = PeerNode.start(PlatformSchema.USERS, database, settings(0))) {
      int before = CountedCallers.LOOKUPS.get();

      assertThat(attempt(node, 200)).isEqualTo(200);
      assertThat(CountedCallers.LOOKUPS.get()).isEqualTo(before);

      api(node, ApiKey.generate().text()).get(PATH).expectProblem(401, "unauthenticated");
      assertThat(CountedCallers.LOOKUPS.get()).isEqualTo(before + 1);
    }
  }

  private static Map<String, String> settings(int failures) {
    return Map.of(
        "A2G_RATE_LIMIT_FAILURES",
        Integer.toString(failures),
        "spring.main.sources",
        CountedCallers.class.getName());
  }

  private static Api api(PeerNode node, String key) {
    return new Api(node.uri(), key);
  }

  /** A key of the right length with a checksum that is not its own. */
  private static String wrong(int number) {
    return "a2g_" + "%036d".formatted(number);
  }

  /** Sends so many wrong keys; returns how many were not even refused for their number. */
  private static int attempt(PeerNode node, int attempts) {
    var unauthenticated = new AtomicInteger();
    Crowd.run(
        attempts,
        n -> {
          int status = api(node, wrong(n)).get(PATH).status();
          assertThat(status).isIn(401, 429);
          if (status == 401) {
            unauthenticated.incrementAndGet();
          }
        });
    return unauthenticated.get();
  }
}
