package io.a2g.common.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2g.common.testkit.TestUser;
import io.a2g.common.testkit.TestUsers;
import io.a2g.common.testkit.database.MigratedDatabase;
import io.a2g.common.testkit.database.TestDatabase;
import io.a2g.common.testkit.http.Answer;
import io.a2g.common.testkit.http.Api;
import io.a2g.common.testkit.http.RawHttp;
import io.a2g.common.testkit.peer.PeerNode;
import io.a2g.common.topology.PlatformSchema;
import java.io.IOException;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Nobody learns from a refusal whether a key exists, or ever did: all of them take the same way,
 * ask the same and are answered the same. {@code scripts/bench/key-timing.sh} shows that they also
 * take the same time.
 */
class RefusedKeysIT {

  private static final String PATH = "/api/v1/audit-events?limit=1";

  private static final Pattern STATUS = Pattern.compile("HTTP/1\\.1 (\\d{3})");

  private static MigratedDatabase database;
  private static PeerNode node;

  @BeforeAll
  static void start() {
    database = TestDatabase.get().migrated();
    node =
        PeerNode.start(
            PlatformSchema.of("agents"),
            database,
            Map.of(
                "A2G_RATE_LIMIT_FAILURES",
                "0",
                "spring.main.sources",
                RecordedStatements.class.getName()));
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  @Test
  void unknownAndRefusedKeysAskTheSameOnceAndGetTheSameAnswer() throws SQLException {
    String unknown = ApiKey.generate().text();
    Seen expected = ask(unknown);
    assertThat(expected.status()).isEqualTo(401);
    assertThat(expected.statements())
        .singleElement()
        .asString()
        .contains("FROM users.caller_of_key(?)");

    refused().forEach((what, key) -> assertThat(ask(key)).as(what).isEqualTo(expected));
    // Not remembered either: the second time is like the first.
    assertThat(ask(unknown)).isEqualTo(expected);
  }

  @Test
  void keyThatIsValidAsksTheSame() {
    Seen unknown = ask(ApiKey.generate().text());
    Seen valid = ask(new TestUsers(database).admin().key());

    assertThat(valid.status()).isEqualTo(200);
    assertThat(valid.statements().stream().filter(sql -> sql.contains("caller_of_key")))
        .containsExactlyElementsOf(unknown.statements());
  }

  @Test
  void refusedKeyLeavesNoTrace() throws SQLException {
    Map<String, String> refused = refused();
    refused.values().forEach(RefusedKeysIT::ask);

    // An update for some of them would be work that the others do not cause.
    try (var connection = database.connect();
        var statement =
            connection.prepareStatement(
                "SELECT count(*) FROM users.api_keys WHERE encode(key_hash, 'hex') = ANY (?) AND last_used_at IS NOT NULL")) {
      statement.setArray(
          1,
          connection.createArrayOf(
              "text",
              refused.values().stream()
                  .map(key -> HexFormat.of().formatHex(new ApiKey(key).sha256()))
                  .toArray()));
      try (var row = statement.executeQuery()) {
        row.next();
        assertThat(row.getLong(1)).isZero();
      }
    }
  }

  // A proxy sends the requests of many clients over one connection.
  @Test
  void keyIsReadAsItIsWrittenAfterAnotherCaseOfItOnTheSameConnection() throws IOException {
    String key = new TestUsers(database).admin().key();
    String otherCase = key.toLowerCase(Locale.ROOT);

    try (var http = new RawHttp(node.uri())) {
      for (String header : List.of("Authorization: Bearer ", "X-API-Key: ")) {
        http.send(request(header + otherCase)).send(request(header + key));
        http.send(request(header + otherCase));
      }
      http.send(request("Connection: close"));

      assertThat(STATUS.matcher(http.answer()).results().map(line -> line.group(1)))
          .containsExactly("401", "200", "401", "401", "200", "401", "401");
    }
  }

  private static String request(String header) {
    return "GET " + PATH + " HTTP/1.1\r\nHost: a\r\n" + header + "\r\n\r\n";
  }

  /** What a stranger sees, and what the database was asked. */
  private record Seen(
      int status, String body, Map<String, List<String>> headers, List<String> statements) {}

  private static Seen ask(String key) {
    RecordedStatements.take();
    Answer answer = new Api(node.uri(), key).get(PATH);
    Map<String, List<String>> headers = new TreeMap<>(answer.response().headers().map());
    headers.keySet().removeIf(name -> differs(name));
    return new Seen(
        answer.status(),
        answer.text().replaceAll("[0-9a-f]{32}", "<trace id>"),
        headers,
        RecordedStatements.take());
  }

  // From one request to the next, whoever calls.
  private static boolean differs(String header) {
    return Set.of("date", "traceparent", "x-request-id").contains(header.toLowerCase(Locale.ROOT));
  }

  /** Keys that exist, or did, and are good for nothing. */
  private static Map<String, String> refused() throws SQLException {
    Map<String, String> keys = new LinkedHashMap<>();
    keys.put("revoked", ended("UPDATE users.api_keys SET revoked_at = now() WHERE user_id = "));
    keys.put(
        "expired",
        ended("UPDATE users.api_keys SET expires_at = now() - interval '1 s' WHERE user_id = "));
    keys.put("of a deleted user", ended("UPDATE users.users SET deleted_at = now() WHERE id = "));
    keys.put("of a disabled user", ended("UPDATE users.users SET disabled_at = now() WHERE id = "));
    keys.put("removed", ended("DELETE FROM users.api_keys WHERE user_id = "));
    return keys;
  }

  private static String ended(String sql) throws SQLException {
    TestUser user = new TestUsers(database).user();
    try (var connection = database.connect();
        var statement = connection.createStatement()) {
      assertThat(statement.executeUpdate(sql + user.id())).isEqualTo(1);
    }
    return user.key();
  }
}
