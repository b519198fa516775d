package io.a2g.common.migrate.history;

/** Is told how a run goes on, while it goes on. */
public interface Progress {

  /** Tells nothing. */
  Progress NONE = new Progress() {};

  /** A migration begins. */
  default void starting(Step step) {}

  /** A migration is done, and will be committed in a moment. */
  default void applied(Step step, long millis) {}

  /** A file was rolled back because of a lock, and is tried again. */
  default void waiting(int attempt, long pauseMillis, String reason) {}

  /** A version was undone and committed. */
  default void undone(String version, String description, long millis) {}
}
