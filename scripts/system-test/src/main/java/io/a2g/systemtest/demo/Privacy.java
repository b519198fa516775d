package io.a2g.systemtest.demo;

import io.a2g.systemtest.Json;
import io.a2g.systemtest.Platform;
import io.a2g.systemtest.Service;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Checks that what is private stays so, and that nothing refers to what does not exist. */
record Privacy(Screen screen, Platform admin, Agent agent) {

  private static final long NOBODY = 9_007_199_254_740_991L;

  void check(
      Conversation conversation, JsonNode file, Cast.Person colleague, Cast.Person stranger) {
    screen.title("What others see");
    colleague.platform().get(Service.AGENT, agent.path()).expect(200);
    screen.check("%s, of the same department, sees the agent.", colleague.name());
    stranger.platform().get(Service.AGENT, agent.path()).expect(404);
    screen.check("%s, of another department, gets 404 for it.", stranger.name());
    String filePath = "/api/v1/files/" + file.path("id").asString();
    for (Cast.Person other : List.of(colleague, stranger)) {
      other.platform().get(Service.CHAT, conversation.path()).expect(404);
      other.platform().get(Service.CHAT, conversation.path() + "/messages").expect(404);
      other.platform().get(Service.CHAT, filePath + "/content").expect(404);
      other.platform().get(Service.TRACING, conversation.tracePath()).expect(404);
      other.platform().get(Service.TRACING, conversation.tracePath() + "/logs").expect(404);
    }
    screen.check("Neither sees the session, its messages, the file or the trace: 404.");
    checkUnknownOwner();
  }

  private void checkUnknownOwner() {
    JsonNode body =
        Json.object(
            "name", "Nobody's agent",
            "framework", "CUSTOM",
            "endpoint_url", "http://127.0.0.1:9000/answer",
            "owner_id", NOBODY);
    admin.post(Service.AGENT, "/api/v1/agents", body).expectRefusalOf("owner_id");
    screen.check("An agent of an unknown owner is refused with 422, naming owner_id.");
  }
}
