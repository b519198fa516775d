package io.a2g.common.reference;

import static io.a2g.common.reference.Replicas.pin;
import static io.a2g.common.topology.ReferenceTarget.USER;

import io.a2g.common.topology.PlatformSchema;
import io.a2g.common.topology.ReferenceTarget;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/** The operations of a race, each as the services do it: the same statements in the same order. */
final class RaceWorkload {

  private static final ReferenceTarget AGENT = ReferenceTarget.of("agent");
  private static final ReferenceTarget SESSION = ReferenceTarget.of("session");

  private static final String FILES = "chat.file_uploads";
  private static final String TRACES = "tracing.trace_metadata";

  private final RaceWriters writers;
  private final RaceDeleters deleters;
  private final HotIds users = new HotIds();
  private final HotIds agents = new HotIds();
  private final HotIds sessions = new HotIds();
  private final HotIds files = new HotIds();
  private final HotIds traces = new HotIds();
  private final AtomicLong numbers = new AtomicLong();

  RaceWorkload(Replicas replicas, RaceRules rules) {
    this.writers = new RaceWriters(replicas);
    this.deleters = new RaceDeleters(replicas, rules);
  }

  /** How many rows the purges removed. */
  long purgedRows() {
    return deleters.purgedRows();
  }

  RaceOutcome run(RaceOperation operation, RandomGenerator random) {
    return switch (operation) {
      case CREATE_USER -> createUser(random);
      case CREATE_AGENT -> createAgent(random, users.any(random));
      case CREATE_SESSION -> createSession(random, users.any(random), agents.any(random));
      case CREATE_FILE -> createFile(random, users.any(random));
      case CREATE_TRACE -> createTrace(random, agents.any(random), sessions.any(random));
      case DELETE_USER -> deleters.delete(random, USER, users.any(random), null);
      case HAND_OVER -> deleters.delete(random, USER, users.any(random), users.any(random));
      case DELETE_AGENT -> deleters.delete(random, AGENT, agents.any(random), null);
      case DELETE_SESSION -> deleters.delete(random, SESSION, sessions.any(random), null);
      case DELETE_FILE ->
          deleters.deleteLeaf(random, PlatformSchema.of("chat"), FILES, files.any(random));
      case DELETE_TRACE ->
          deleters.deleteLeaf(random, PlatformSchema.of("tracing"), TRACES, traces.any(random));
      case RESTORE_USER ->
          writers.restore(random, USER.owner(), USER.table(), users.any(random), Map.of());
      case RESTORE_AGENT ->
          writers.restore(
              random, AGENT.owner(), AGENT.table(), agents.any(random), Map.of(USER, "owner_id"));
      case RESTORE_SESSION ->
          writers.restore(
              random,
              SESSION.owner(),
              SESSION.table(),
              sessions.any(random),
              Map.of(USER, "user_id", AGENT, "agent_id"));
      case RESTORE_FILE ->
          writers.restore(
              random, PlatformSchema.of("chat"), FILES, files.any(random), Map.of(USER, "user_id"));
      case RESTORE_TRACE ->
          writers.restore(
              random,
              PlatformSchema.of("tracing"),
              TRACES,
              traces.any(random),
              Map.of(AGENT, "agent_id", SESSION, "session_id"));
      case PURGE -> deleters.purge(random);
    };
  }

  private RaceOutcome createUser(RandomGenerator random) {
    return writers.create(
        random,
        PlatformSchema.USERS,
        users,
        NewRow.of("users.users")
            .with("username", "racer-" + numbers.incrementAndGet())
            .with("role", "USER"));
  }

  private RaceOutcome createAgent(RandomGenerator random, long owner) {
    return writers.pinAndCreate(
        random,
        PlatformSchema.of("agents"),
        agents,
        NewRow.of("agents.agents")
            .with("owner_id", owner)
            .with("name", "agent-" + numbers.incrementAndGet())
            .with("framework", "ADK"),
        pin(USER, owner));
  }

  private RaceOutcome createSession(RandomGenerator random, long user, long agent) {
    return writers.create(
        random,
        PlatformSchema.of("chat"),
        sessions,
        NewRow.of("chat.chat_sessions")
            .with("user_id", user)
            .with("agent_id", agent)
            .with("trace_id", hexNumber()),
        pin(USER, user),
        pin(AGENT, agent));
  }

  private RaceOutcome createFile(RandomGenerator random, long user) {
    return writers.create(
        random,
        PlatformSchema.of("chat"),
        files,
        NewRow.of(FILES)
            .with("user_id", user)
            .with("original_name", "a.txt")
            .with("content_type", "text/plain")
            .with("size_bytes", 1L)
            .with("sha256", new byte[32])
            .with("storage_key", hexNumber()),
        pin(USER, user));
  }

  private RaceOutcome createTrace(RandomGenerator random, long agent, long session) {
    return writers.create(
        random,
        PlatformSchema.of("tracing"),
        traces,
        NewRow.of(TRACES)
            .with("trace_id", hexNumber())
            .with("user_id", 1L)
            .with("agent_id", agent)
            .with("session_id", session)
            .with("started_at", OffsetDateTime.now(ZoneOffset.UTC)),
        pin(AGENT, agent),
        pin(SESSION, session));
  }

  private String hexNumber() {
    return "%032x".formatted(numbers.incrementAndGet());
  }
}
