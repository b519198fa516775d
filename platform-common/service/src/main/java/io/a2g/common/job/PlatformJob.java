package io.a2g.common.job;

import java.time.Duration;

/**
 * Work that is done again and again as long as the service runs; a bean of this type is all it
 * takes. Every replica does it, each by itself, so a job locks in the database what only one may do
 * at a time; never for a session, because a pooler gives the next statement to another one. Each
 * has its line in docs/operations.md.
 *
 * @param name of its thread and its meters, such as {@code purge}
 * @param pause between the end of one run and the begin of the next; above zero
 * @param atOnce whether the first run comes as soon as the schema is complete; else a part of the
 *     pause later, so that a start is left alone
 * @param work one run; what it throws is logged and counted, and the next run comes all the same
 */
public record PlatformJob(String name, Duration pause, boolean atOnce, Work work) {

  /** One run of a job. */
  @FunctionalInterface
  public interface Work {

    /** Does it. */
    void run() throws Exception;
  }

  /** A job with a pause. */
  public PlatformJob {
    if (!pause.isPositive()) {
      throw new IllegalArgumentException(
          "the pause of the job %s must be above zero".formatted(name));
    }
  }

  /** A job that leaves the start alone. */
  public PlatformJob(String name, Duration pause, Work work) {
    this(name, pause, false, work);
  }
}
