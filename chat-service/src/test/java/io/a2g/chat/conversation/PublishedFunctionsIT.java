package io.a2g.chat.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.a2g.chat.ChatIT;
import io.a2g.common.testkit.TestUser;
import io.a2g.common.topology.PlatformSchema;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What other schemas may ask, and with which rights. */
class PublishedFunctionsIT extends ChatIT {

  private TestUser user;
  private long session;
  private String traceId;

  @BeforeEach
  void openSession() {
    user = users().user();
    session = sessionOf(user);
    traceId = as(user).get(SESSIONS + "/" + session).at("/trace_id").asString();
  }

  @Test
  void pinSessionNeedsIdTraceIdAndUserToFit() throws SQLException {
    String other = traceId.replace(traceId.charAt(31), traceId.charAt(31) == '0' ? '1' : '0');

    try (Connection tracing = connect(PlatformSchema.of("tracing"))) {
      assertThat(pin(tracing, session, traceId, user.id(), false)).isTrue();
      assertThat(pin(tracing, session, null, user.id(), false)).isTrue();
      assertThat(pin(tracing, session, traceId, 0, true)).isTrue();
      assertThat(pin(tracing, session, other, user.id(), false)).isFalse();
      assertThat(pin(tracing, session, traceId, 0, false)).isFalse();
      assertThat(pin(tracing, 999_999_999, null, user.id(), true)).isFalse();
    }
  }

  @Test
  void pinSessionRefusesADeletedOne() throws SQLException {
    as(user).delete(SESSIONS + "/" + session).expect(204);

    try (Connection tracing = connect(PlatformSchema.of("tracing"))) {
      assertThat(pin(tracing, session, traceId, user.id(), true)).isFalse();
    }
  }

  @Test
  void pinSessionHoldsDeletionButNotMessages() throws SQLException {
    try (Connection tracing = connect(PlatformSchema.of("tracing"))) {
      tracing.setAutoCommit(false);
      pin(tracing, session, traceId, user.id(), false);

      as(user)
          .post(SESSIONS + "/" + session + "/messages", "{\"role\":\"USER\",\"content\":\"x\"}")
          .expect(201);
      assertThatThrownBy(() ->
              execute(
                  connect(PlatformSchema.of("chat")),
                  "SET lock_timeout = '200ms';"
                      + " UPDATE chat.chat_sessions SET deleted_at = now() WHERE id = "
                      + session))
          .hasMessageContaining("lock timeout");
      tracing.rollback();
    }
    as(user).delete(SESSIONS + "/" + session).expect(204);
  }

  @Test
  void othersMayCallTheFunctionAndNothingElse() {
    for (String sql :
        List.of("SELECT * FROM chat.chat_sessions", "SELECT * FROM chat.chat_messages")) {
      assertDenied(PlatformSchema.of("tracing"), sql);
    }
    assertDenied(PlatformSchema.of("agents"), "SELECT chat.pin_session(1, NULL, 1, true)");
    assertDenied(PlatformSchema.of("admin"), "SELECT chat.pin_session(1, NULL, 1, true)");
  }

  @Test
  void theServiceItselfCannotChangeWhatWasSaid() {
    for (String sql :
        List.of(
            "UPDATE chat.chat_messages SET content = 'x'",
            "DELETE FROM chat.chat_messages",
            "TRUNCATE chat.chat_messages",
            "DELETE FROM chat.flyway_schema_history")) {
      assertDenied(PlatformSchema.of("chat"), sql);
    }
  }

  @Test
  void messagesGoWithTheirSession() throws SQLException {
    as(user)
        .post(SESSIONS + "/" + session + "/messages", "{\"role\":\"USER\",\"content\":\"x\"}")
        .expect(201);

    execute(
        connect(PlatformSchema.of("chat")), "DELETE FROM chat.chat_sessions WHERE id = " + session);

    assertThat(number("SELECT count(*) FROM chat.chat_messages WHERE session_id = ?", session))
        .isZero();
  }

  private void assertDenied(PlatformSchema schema, String sql) {
    assertThatThrownBy(() -> execute(connect(schema), sql))
        .as("%s: %s", schema, sql)
        .hasMessageContaining("permission denied");
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (connection;
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static boolean pin(
      Connection connection, long id, @Nullable String traceId, long userId, boolean admin)
      throws SQLException {
    try (var statement = connection.prepareStatement("SELECT chat.pin_session(?, ?, ?, ?)")) {
      statement.setLong(1, id);
      statement.setString(2, traceId);
      statement.setLong(3, userId);
      statement.setBoolean(4, admin);
      var row = statement.executeQuery();
      row.next();
      return row.getBoolean(1);
    }
  }

  private Connection connect(PlatformSchema schema) throws SQLException {
    return database().connect(database().app(schema));
  }
}
