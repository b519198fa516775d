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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Two replicas of one service on one database, each with its own pool and its own memory. */
class RateLimitIT {

  private static final String PATH = "/api/v1/audit-events?limit=1";
  private static final int USER = 600;
  private static final int KEY = 300;
  private static final int FAILURES = 30;

  private static final MigratedDatabase DATABASE = TestDatabase.get().migrated();
  private static final List<PeerNode> REPLICAS = new ArrayList<>();

  @BeforeAll
  static void start() {
    Map<String, String> settings =
        Map.of(
            "A2G_RATE_LIMIT_USER", Integer.toString(USER),
            "A2G_RATE_LIMIT_KEY", Integer.toString(KEY),
            "A2G_RATE_LIMIT_FAILURES", Integer.toString(FAILURES));
    REPLICAS.add(PeerNode.start(PlatformSchema.USERS, DATABASE, settings));
    REPLICAS.add(PeerNode.start(PlatformSchema.USERS, DATABASE, settings));
  }

  @AfterAll
  static void stop() {
    REPLICAS.forEach(PeerNode::close);
  }

  private static Api replica(int number, String key) {
    return new Api(REPLICAS.get(number % REPLICAS.size()).uri(), key);
  }

  private static TestUser admin() {
    return new TestUsers(DATABASE).admin();
  }

  private static String anotherKeyOf(TestUser user) {
    ApiKey key = ApiKey.generate();
    REPLICAS
        .getFirst()
        .sql()
        .sql(
            "INSERT INTO users.api_keys (user_id, name, key_hash, last_four) VALUES (?, 'test', ?, ?)")
        .params(user.id(), key.sha256(), key.lastFour())
        .update();
    return key.text();
  }

  /** Sends this many requests from eight threads, each to both replicas in turn. */
  private static Tally hammer(int requests, List<String> keys) {
    var admitted = new AtomicInteger();
    var refused = new ConcurrentLinkedQueue<Answer>();
    long began = System.nanoTime();
    Crowd.run(
        requests,
        n -> {
          Answer answer = replica(n, keys.get(n / 2 % keys.size())).get(PATH);
          if (answer.status() == 200) {
            admitted.incrementAndGet();
          } else {
            refused.add(answer);
          }
        });
    return new Tally(
        admitted.get(), List.copyOf(refused), Duration.ofNanos(System.nanoTime() - began));
  }

  private record Tally(int admitted, List<Answer> refused, Duration time) {

    /** The most that a bucket can have given meanwhile. */
    int most(int perMinute) {
      return perMinute + Math.toIntExact(Math.ceilDiv(perMinute * time.toMillis(), 60_000L));
    }
  }

  @Test
  void replicasTogetherAdmitWhatTheKeysBucketHoldsAndNoMore() {
    Tally tally = hammer(1_500, List.of(admin().key()));

    // What two replicas hold unused is lost: a hundredth of the bucket each.
    assertThat(tally.admitted()).isBetween(KEY - 2 * KEY / 100, tally.most(KEY));
    assertThat(tally.refused())
        .isNotEmpty()
        .allSatisfy(answer -> answer.expectProblem(429, "rate_limited"));
  }

  @Test
  void keysOfOneUserShareTheUsersBucket() {
    TestUser user = admin();
    List<String> keys = List.of(user.key(), anotherKeyOf(user), anotherKeyOf(user));

    Tally tally = hammer(2_000, keys);

    assertThat(tally.admitted()).isBetween(USER - 2 * USER / 100, tally.most(USER));
    assertThat(tally.refused())
        .anySatisfy(answer -> assertThat(answer.header("RateLimit")).contains("\"user\";r=0"));
  }

  @Test
  void refusalSaysHowLongToWaitAndWaitingIsEnough() throws InterruptedException {
    TestUser user = admin();
    Answer refused = hammer(KEY + 100, List.of(user.key())).refused().getLast();

    assertThat(refused.header("RateLimit-Policy")).contains("\"key\";q=300;w=60");
    assertThat(refused.header("RateLimit")).matches("\"key\";r=0;t=\\d+");
    int wait = Integer.parseInt(refused.header("Retry-After"));
    assertThat(wait).isBetween(1, 60);
    Thread.sleep(Duration.ofSeconds(wait));
    replica(0, user.key()).get(PATH).expect(200);
  }

  @Test
  void quietCallerIsServedWhileAnotherIsRefused() {
    TestUser loud = admin();
    TestUser quiet = admin();
    hammer(KEY + 100, List.of(loud.key()));

    for (int n = 0; n < 20; n++) {
      replica(n, quiet.key()).get(PATH).expect(200);
    }
    replica(0, loud.key()).get("/actuator/health").expect(200);
  }

  @Test
  void answersTellWhatIsLeft() {
    TestUser user = admin();

    Answer first = replica(0, user.key()).get(PATH).expect(200);
    Answer second = replica(0, user.key()).get(PATH).expect(200);

    assertThat(first.header("RateLimit-Policy"))
        .isEqualTo("\"key\";q=300;w=60, \"user\";q=600;w=60");
    assertThat(first.header("RateLimit")).startsWith("\"key\";r=299;t=1, \"user\";r=599;t=1");
    assertThat(second.header("RateLimit")).startsWith("\"key\";r=298;t=1, \"user\";r=598;t=1");
  }

  @Test
  void healthAndDocumentationAreNotCounted() {
    TestUser user = admin();

    Answer health = replica(0, user.key()).get("/actuator/health").expect(200);
    Answer docs = replica(0, user.key()).get("/v3/api-docs").expect(200);

    assertThat(Stream.of(health, docs)).allMatch(answer -> answer.header("RateLimit") == null);
  }

  @Test
  void fullBucketsAreRemovedAndOthersStay() {
    SharedBuckets buckets = REPLICAS.getFirst().bean(SharedBuckets.class);
    var sql = REPLICAS.getFirst().sql();
    String full = new Quota("test", 1, 1).bucket(System.nanoTime());
    sql.sql("INSERT INTO users.rate_limits (bucket, expires_at) VALUES (?, 1)")
        .param(full)
        .update();
    long id = System.nanoTime();
    Quota slow = new Quota("test", 1, 1_000);
    buckets.take(slow, id, 1_000);

    buckets.removeExpired();

    String count = "SELECT count(*) FROM users.rate_limits WHERE bucket = ?";
    assertThat(sql.sql(count).param(full).query(Long.class).single()).isZero();
    assertThat(sql.sql(count).param(slow.bucket(id)).query(Long.class).single()).isOne();
    assertThat(buckets.take(slow, id, 1).orElseThrow().tokens()).isZero();
  }
}
