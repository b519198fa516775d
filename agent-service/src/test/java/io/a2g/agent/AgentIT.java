package io.a2g.agent;

import static io.a2g.common.testkit.http.Api.object;

import io.a2g.common.testkit.PlatformIT;
import io.a2g.common.testkit.TestUser;
import io.a2g.common.testkit.http.Answer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Base of tests that need agents. */
public abstract class AgentIT extends PlatformIT {

  protected static final String AGENTS = "/api/v1/agents";

  private static final AtomicInteger NAMES = new AtomicInteger();

  protected static String freshName() {
    return "Agent " + NAMES.incrementAndGet();
  }

  /** What registers an agent, with these fields besides or instead. */
  protected static Map<String, Object> agent(Object... more) {
    Map<String, Object> body =
        object(
            "name", freshName(), "framework", "ADK", "endpoint_url", "http://agent.example:9000/");
    body.putAll(object(more));
    return body;
  }

  /** A new agent's address. */
  protected String register(TestUser owner, Object... more) {
    return AGENTS + "/" + as(owner).post(AGENTS, agent(more)).expect(201).id();
  }

  /** A new agent's address, deployed for TEAM or PUBLIC. */
  protected String deployed(TestUser owner, String visibility) {
    String path = register(owner);
    as(owner).post(path + "/deploy", object("visibility", visibility)).expect(200);
    return path;
  }

  /** The ids of a whole list, page by page. */
  protected List<Long> ids(TestUser reader, String list) {
    List<Long> seen = new ArrayList<>();
    String cursor = "";
    do {
      Answer page = as(reader).get(list + cursor).expect(200);
      page.at("/items").forEach(item -> seen.add(item.path("id").asLong()));
      cursor =
          page.at("/next_cursor").isNull() ? "" : "&cursor=" + page.at("/next_cursor").asString();
    } while (!cursor.isEmpty());
    return seen;
  }

  protected static long idOf(String path) {
    return Long.parseLong(path.substring(path.lastIndexOf('/') + 1));
  }

  /** Arranges something behind the service's back. */
  protected void execute(String sql) throws SQLException {
    try (Connection connection = database().connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
