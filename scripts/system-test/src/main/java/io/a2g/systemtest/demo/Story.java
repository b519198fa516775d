package io.a2g.systemtest.demo;

import io.a2g.systemtest.Answer;
import io.a2g.systemtest.Attachment;
import io.a2g.systemtest.Failure;
import io.a2g.systemtest.Platform;
import io.a2g.systemtest.Service;
import io.a2g.systemtest.Settings;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Tells the story: who does what, what the platform answered, and whether that was right. */
final class Story {

  private final Settings settings;
  private final Plot plot;
  private final Screen screen;
  private final Platform anyone;

  Story(Settings settings, Plot plot, Screen screen) {
    this.settings = settings;
    this.plot = plot;
    this.screen = screen;
    this.anyone = Platform.of(settings);
  }

  void tell() {
    List<Chunk> chunks = plot.chunks();
    var embedding = new Embedding(settings.number("EMBEDDING_DIMENSION", 384));
    requirePlatform();

    var cast = new Cast(anyone, settings.adminKey());
    try {
      play(cast, chunks, embedding);
    } catch (RuntimeException failure) {
      leaveAfter(failure, cast);
      throw failure;
    }
    screen.line("");
    screen.line(screen.styled(Screen.Style.GREEN, "Everything was as it should be."));
  }

  // Nobody knows the keys of a story that broke off, either.
  private static void leaveAfter(RuntimeException failure, Cast cast) {
    try {
      cast.leave();
    } catch (RuntimeException further) {
      failure.addSuppressed(further);
    }
  }

  private void play(Cast cast, List<Chunk> chunks, Embedding embedding) {
    screen.title("People");
    Cast.Person owner = cast.enter("haneul", "김하늘", "Haneul Kim", cast.department("RND"));
    Cast.Person colleague = cast.enter("jiwoo", "박지우", "Jiwoo Park", cast.department("RND"));
    Cast.Person stranger = cast.enter("seojun", "이서준", "Seojun Lee", cast.department("SALES"));
    for (Cast.Person person : List.of(owner, colleague, stranger)) {
      screen.fact(person.name(), "user %d, %s", person.id(), person.username());
    }

    Agent agent = publish(owner, chunks, embedding);
    var ledger = new Ledger(cast.admin());
    var conversation = new Conversation(owner, agent, embedding, plot.question());
    Conversation.Turn turn = chat(owner, conversation, agent);
    Chunk cited = turn.hits().getFirst().chunk();
    Attachment attachment = plot.attachment(cited, conversation.sessionId());
    JsonNode file =
        owner.platform().post(Service.CHAT, "/api/v1/files", attachment).expect(201).json();
    List<JsonNode> sent = conversation.sendTrace();
    ledger.record(owner, agent, turn);

    new ReadBack(screen, owner, agent).check(conversation, turn, attachment, file, sent);
    showUsage(ledger, owner, turn);
    new Privacy(screen, cast.admin(), agent).check(conversation, file, colleague, stranger);
    cast.leave();
    screen.check("The three API keys are revoked.");
  }

  private void requirePlatform() {
    for (var service : Service.values()) {
      Answer answer = anyone.get(service, "/actuator/health/readiness");
      Failure.unless(
          answer.status() == 200,
          "%s on %s is not ready; scripts/status.sh shows the platform, scripts/up.sh starts it",
          service.label(),
          settings.url(service));
    }
    screen.title("Platform");
    for (var service : Service.values()) {
      screen.fact(service.label(), "ready on %s", settings.url(service));
    }
  }

  private Agent publish(Cast.Person owner, List<Chunk> chunks, Embedding embedding) {
    screen.title("An agent that knows documents");
    var agent = new Agent(owner, chunks, embedding);
    agent.learn();
    agent.deploy();
    screen.fact("agent", "%d, “%s”, owned by %s", agent.id(), agent.name(), owner.name());
    long documents = chunks.stream().map(Chunk::source).distinct().count();
    screen.fact(
        "knowledge",
        "%d chunks of %d documents, each embedded in %d numbers",
        chunks.size(),
        documents,
        embedding.dimension());
    screen.fact("deployed", "to the owner's department");
    return agent;
  }

  private Conversation.Turn chat(Cast.Person owner, Conversation conversation, Agent agent) {
    screen.title("The conversation");
    Conversation.Turn turn = conversation.ask(plot.question());
    requireExpected(turn, agent);
    screen.fact("session", "%d, trace %s", conversation.sessionId(), conversation.traceId());
    screen.speech(owner.name(), turn.question());
    screen.speech("the agent", turn.answer());
    for (Agent.Hit hit : turn.hits()) {
      screen.fact("found", "%.3f  %s", hit.score(), hit.chunk().place());
    }
    return turn;
  }

  private void requireExpected(Conversation.Turn turn, Agent agent) {
    Agent.Hit exact = agent.best(turn.vector());
    Agent.Hit first = turn.hits().getFirst();
    Failure.unless(
        Math.abs(first.score() - exact.score()) < 1e-4,
        "the search's best chunk scores %.4f, the best one there is scores %.4f",
        first.score(),
        exact.score());
    boolean found =
        turn.hits().stream().anyMatch(hit -> hit.chunk().content().contains(plot.expected()));
    Failure.unless(
        found, "no chunk with “%s” is among the top %d", plot.expected(), turn.hits().size());
  }

  private void showUsage(Ledger ledger, Cast.Person owner, Conversation.Turn turn) {
    screen.title("Usage today");
    JsonNode sums = ledger.sums(owner);
    long in = sums.path("input_tokens").asLong();
    long out = sums.path("output_tokens").asLong();
    Failure.unless(
        in == turn.inputTokens()
            && out == turn.outputTokens()
            && sums.path("request_count").asLong() == 1,
        "the usage sums are %s",
        sums);
    Failure.unless(
        sums.path("cost").asDecimal().compareTo(ledger.cost(in, out)) == 0,
        "the usage costs %s USD and should cost %s",
        sums.path("cost").asString(),
        ledger.cost(in, out).toPlainString());
    screen.fact("model", Quoting.MODEL);
    screen.fact("requests", "%d", sums.path("request_count").asLong());
    screen.fact("tokens in", "%d at %s USD per million", in, ledger.inputPrice().toPlainString());
    screen.fact(
        "tokens out", "%d at %s USD per million", out, ledger.outputPrice().toPlainString());
    screen.fact("cost", "%s USD", sums.path("cost").asDecimal().toPlainString());
  }
}
