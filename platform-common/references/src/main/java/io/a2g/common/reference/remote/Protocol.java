package io.a2g.common.reference.remote;

import io.a2g.common.reference.Referrer;
import io.a2g.common.reference.TargetNames.Names;
import io.a2g.common.topology.Pin;
import io.a2g.common.topology.PlatformSchema;
import io.a2g.common.topology.ReferenceTarget;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What services say to each other about references, below {@code /internal/references}. */
final class Protocol {

  /** Items in one call at most. */
  static final int MAX_ITEMS = 1000;

  static final String BASE = "/internal/references/";
  static final String RESERVE = BASE + "reserve";
  static final String SETTLE = BASE + "settle";
  static final String HOLDING = BASE + "holding";
  static final String HAND_OVER = BASE + "hand-over";
  static final String STATES = BASE + "states";
  static final String NAMES = BASE + "names";
  static final String CONTACTS = BASE + "contacts";
  static final String EVENTS = BASE + "events";

  private Protocol() {}

  /**
   * To the owner: pin these and remember that {@code holder} is about to refer to them. Repeating
   * it changes nothing.
   */
  record Reserve(
      @NotNull UUID reservation,
      @NotNull PlatformSchema holder,
      @NotNull @Size(min = 1, max = MAX_ITEMS) List<@NotNull Pin> pins) {}

  /**
   * Whether that worked.
   *
   * @param missing positions of the pins whose target is not there; when there is any, nothing is
   *     reserved
   */
  record Reserved(List<Integer> missing) {}

  /** To the holder: from now on, none of these reservations can be used any more. */
  record Settle(@NotNull @Size(max = MAX_ITEMS) List<@NotNull UUID> ids) {}

  /**
   * It is done.
   *
   * @param abandoned how many were not used in time, and now cannot be
   */
  record Settled(int abandoned) {}

  /** To the holder: what refers to these? See {@code references_to} of its schema. */
  record Ask(
      @NotNull ReferenceTarget target,
      @NotNull @Size(max = MAX_ITEMS) List<@NotNull Long> ids,
      boolean purge) {}

  /** What refers to them. */
  record Holdings(List<Referrer> holding) {}

  /** To the holder: give the rows another target, which is reserved for it. */
  record HandOver(@NotNull UUID reservation, @NotNull ReferenceTarget target, long from, long to) {}

  /**
   * It is done.
   *
   * @param rows how many; 0 when this reservation was used before
   */
  record HandedOver(long rows) {}

  /** To the owner: what about these rows? */
  record Rows(
      @NotNull ReferenceTarget target, @NotNull @Size(max = MAX_ITEMS) List<@NotNull Long> ids) {}

  /**
   * Whether they are live.
   *
   * @param live by id; rows that do not exist are missing
   */
  record States(Map<Long, Boolean> live) {}

  /**
   * Their names.
   *
   * @param names by id; rows that do not exist are missing
   */
  record KnownNames(Map<Long, Names> names) {}

  /** To the holder: this happened to targets. */
  record Events(@NotNull @Size(max = MAX_ITEMS) List<@NotNull Event> events) {}

  /**
   * One of them.
   *
   * @param id grows with time for one target; compares events of one target only
   */
  record Event(
      long id,
      @NotNull ReferenceTarget target,
      long targetId,
      @NotNull EventKind kind,
      @NotNull Instant occurredAt) {}

  /** What can happen to a target. */
  enum EventKind {
    DELETED,
    RESTORED,
    PURGED
  }

  /** Nothing to tell. */
  record Done() {}
}
