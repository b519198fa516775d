import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Reads everything back as its owner and compares it with what was written. */
record ReadBack(Screen screen, Cast.Person owner, Agent agent) {

  void check(
      Conversation conversation,
      Conversation.Turn turn,
      Attachment attachment,
      Json file,
      List<Json> sent) {
    screen.title("Read back");
    checkAgent();
    checkMessages(conversation, turn);
    checkFile(attachment, file);
    checkTrace(conversation, sent);
  }

  private void checkAgent() {
    Json read = get(Settings.Service.AGENT, agent.path()).json();
    same("the agent's owner", owner.username(), read.at("owner", "username").text());
    same("the agent's visibility", "TEAM", read.at("visibility").text());
    same("the agent's capabilities", 1, read.at("capabilities").items().size());
    screen.check("Agent %d comes with its owner's name and its capability.", agent.id());
  }

  private void checkMessages(Conversation conversation, Conversation.Turn turn) {
    var read =
        owner
            .platform()
            .list(Settings.Service.CHAT, conversation.path() + "/messages?limit=1")
            .stream()
            .map(message -> message.at("role").text() + ": " + message.at("content").text())
            .toList();
    same("the messages", List.of("USER: " + turn.question(), "ASSISTANT: " + turn.answer()), read);
    screen.check("Session %d has both messages, in order.", conversation.sessionId());
  }

  private void checkFile(Attachment attachment, Json file) {
    String path = "/api/v1/files/" + file.at("id").text();
    byte[] content = attachment.content();
    same(
        "the file's SHA-256",
        sha256(content),
        get(Settings.Service.CHAT, path).json().at("sha256").text());
    same(
        "the file's content",
        new String(content, UTF_8),
        get(Settings.Service.CHAT, path + "/content").body());
    screen.check(
        "File %s (%d bytes) comes back byte by byte.", attachment.filename(), content.length);
  }

  private void checkTrace(Conversation conversation, List<Json> sent) {
    Json trace = get(Settings.Service.TRACING, conversation.tracePath()).json();
    same("the trace's session", conversation.sessionId(), trace.at("session_id").number());
    var stored =
        owner.platform().list(Settings.Service.TRACING, conversation.tracePath() + "/logs?limit=5");
    same("the trace's entries", identified(sent), identified(stored));
    screen.check("Trace %s has all %d log entries.", conversation.traceId(), sent.size());
    screen.title("The trace");
    new TraceTree(screen, stored).print();
  }

  /** Entries by what the demo sent of them, whatever else the service adds. */
  private static Map<String, String> identified(List<Json> entries) {
    Function<Json, String> key =
        entry -> entry.at("span_id").text() + " " + entry.at("log_type").text();
    return entries.stream()
        .map(entry -> Json.read(entry.toString()))
        .collect(
            Collectors.toMap(
                key,
                entry -> entry.at("parent_span_id").text() + " " + entry.at("message").text()));
  }

  private Answer get(Settings.Service service, String path) {
    return owner.platform().get(service, path).expect(200);
  }

  private static void same(String what, Object expected, Object read) {
    DemoFailure.unless(
        read.equals(expected), "%s: %s was written and %s read", what, expected, read);
  }

  private static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
