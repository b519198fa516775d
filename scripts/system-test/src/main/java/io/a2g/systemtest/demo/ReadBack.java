package io.a2g.systemtest.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.a2g.systemtest.Answer;
import io.a2g.systemtest.Attachment;
import io.a2g.systemtest.Failure;
import io.a2g.systemtest.Service;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Reads everything back as its owner and compares it with what was written. */
record ReadBack(Screen screen, Cast.Person owner, Agent agent) {

  void check(
      Conversation conversation,
      Conversation.Turn turn,
      Attachment attachment,
      JsonNode file,
      List<JsonNode> sent) {
    screen.title("Read back");
    checkAgent();
    checkMessages(conversation, turn);
    checkFile(attachment, file);
    checkTrace(conversation, sent);
  }

  private void checkAgent() {
    JsonNode read = get(Service.AGENT, agent.path()).json();
    same("the agent's owner", owner.username(), read.path("owner").path("username").asString());
    same("the agent's visibility", "TEAM", read.path("visibility").asString());
    same("the agent's capabilities", 1, read.path("capabilities").size());
    screen.check("Agent %d comes with its owner's name and its capability.", agent.id());
  }

  private void checkMessages(Conversation conversation, Conversation.Turn turn) {
    var read =
        owner.platform().list(Service.CHAT, conversation.path() + "/messages?limit=1").stream()
            .map(message ->
                message.path("role").asString() + ": " + message.path("content").asString())
            .toList();
    same("the messages", List.of("USER: " + turn.question(), "ASSISTANT: " + turn.answer()), read);
    screen.check("Session %d has both messages, in order.", conversation.sessionId());
  }

  private void checkFile(Attachment attachment, JsonNode file) {
    String path = "/api/v1/files/" + file.path("id").asString();
    byte[] content = attachment.content();
    same(
        "the file's SHA-256",
        sha256(content),
        get(Service.CHAT, path).json().path("sha256").asString());
    same(
        "the file's content",
        new String(content, UTF_8),
        get(Service.CHAT, path + "/content").body());
    screen.check(
        "File %s (%d bytes) comes back byte by byte.", attachment.filename(), content.length);
  }

  private void checkTrace(Conversation conversation, List<JsonNode> sent) {
    JsonNode trace = get(Service.TRACING, conversation.tracePath()).json();
    same("the trace's session", conversation.sessionId(), trace.path("session_id").asLong());
    var stored = owner.platform().list(Service.TRACING, conversation.tracePath() + "/logs?limit=5");
    same("the trace's entries", identified(sent), identified(stored));
    screen.check("Trace %s has all %d log entries.", conversation.traceId(), sent.size());
    screen.title("The trace");
    new TraceTree(screen, stored).print();
  }

  /** Entries by what the demo sent of them, whatever else the service adds. */
  private static Map<String, String> identified(List<JsonNode> entries) {
    Function<JsonNode, String> key =
        entry -> entry.path("span_id").asString() + " " + entry.path("log_type").asString();
    return entries.stream()
        .collect(
            Collectors.toMap(
                key,
                entry ->
                    entry.path("parent_span_id").asString()
                        + " "
                        + entry.path("message").asString()));
  }

  private Answer get(Service service, String path) {
    return owner.platform().get(service, path).expect(200);
  }

  private static void same(String what, Object expected, Object read) {
    Failure.unless(read.equals(expected), "%s: %s was written and %s read", what, expected, read);
  }

  private static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
