package io.a2g.chat;

import static io.a2g.common.testkit.http.Api.object;

import io.a2g.common.testkit.PlatformIT;
import io.a2g.common.testkit.TestAgents;
import io.a2g.common.testkit.TestUser;
import io.a2g.common.testkit.http.Answer;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the tests of conversations and of files share: agents, sessions, SQL, whole lists. */
public abstract class ChatIT extends PlatformIT {

  protected static final String SESSIONS = "/api/v1/chat-sessions";

  protected TestAgents agents() {
    return new TestAgents(database());
  }

  /** The id of a new session of this user with a new agent. */
  protected long sessionOf(TestUser user) {
    return as(user).post(SESSIONS, object("agent_id", agents().of(user))).expect(201).id();
  }

  /** The ids of a whole list, page by page. */
  protected List<Long> idsOf(TestUser user, String path) {
    List<Long> ids = new ArrayList<>();
    String cursor = "";
    do {
      Answer page = as(user).get(path + cursor).expect(200);
      page.at("/items").forEach(item -> ids.add(item.path("id").asLong()));
      cursor =
          page.at("/next_cursor").isNull() ? "" : "&cursor=" + page.at("/next_cursor").asString();
    } while (!cursor.isEmpty());
    return ids;
  }

  /** The number that a statement of the superuser returns. */
  protected long number(String sql, @Nullable Object... values) {
    try (var connection = database().connect();
        var statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      try (var rows = statement.executeQuery()) {
        rows.next();
        return rows.getLong(1);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
