package io.a2g.common.reference;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.a2g.common.topology.Pin;
import io.a2g.common.topology.ReferenceTarget;
import io.a2g.common.topology.TargetChanged;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;

/**
 * What the owner of a target publishes for display. Deleted rows stay readable; rows that do not
 * exist are missing. Ask once for a whole page.
 */
public final class TargetNames {

  private static final Duration REMEMBERED = Duration.ofSeconds(10);
  private static final int REMEMBERED_ROWS = 10_000;

  private final ReferenceRouter router;
  private final ReferenceVerifier references;
  // Of rows in other databases.
  private final Cache<Row, Names> known = cache();
  private final Cache<Row, Names> contacts = cache();

  private record Row(ReferenceTarget target, long id) {}

  /**
   * @param references pins rows in other databases
   */
  public TargetNames(ReferenceRouter router, ReferenceVerifier references) {
    this.router = router;
    this.references = references;
  }

  /** As {@link #now}, but perhaps ten seconds old. */
  public Map<Long, Names> of(ReferenceTarget target, Collection<Long> ids) {
    return router.isRemote(target)
        ? remembered(known, target, ids, unknown -> now(target, unknown))
        : now(target, ids);
  }

  /**
   * The names of users as {@link #of} gives them, and their e-mail addresses as {@code email}: for
   * callers who may read these users in user-service.
   */
  public Map<Long, Names> contactsOf(Collection<Long> userIds) {
    TargetOwner users = router.owner(ReferenceTarget.USER);
    return router.isRemote(ReferenceTarget.USER)
        ? remembered(contacts, ReferenceTarget.USER, userIds, users::contacts)
        : users.contacts(userIds);
  }

  private static Map<Long, Names> remembered(
      Cache<Row, Names> cache,
      ReferenceTarget target,
      Collection<Long> ids,
      Function<Collection<Long>, Map<Long, Names>> owner) {
    Set<Row> rows = ids.stream().map(id -> new Row(target, id)).collect(Collectors.toSet());
    Map<Long, Names> names = new HashMap<>();
    cache
        .getAll(
            rows,
            unknown -> {
              Map<Row, Names> asked = new HashMap<>();
              owner
                  .apply(unknown.stream().map(Row::id).toList())
                  .forEach((id, found) -> asked.put(new Row(target, id), found));
              return asked;
            })
        .forEach((row, found) -> names.put(row.id(), found));
    return names;
  }

  /**
   * The names by id, for decisions.
   *
   * @throws io.a2g.common.error.RetryLater when the owner does not answer
   */
  public Map<Long, Names> now(ReferenceTarget target, Collection<Long> ids) {
    return router.owner(target).names(target, ids);
  }

  /**
   * Pins one row as {@link ReferenceVerifier#pin} does and tells its names, in one round trip where
   * it is in this database. Call it inside the transaction that stores what refers to the row.
   *
   * @throws ReferenceNotFound when there is no live row
   * @throws io.a2g.common.error.RetryLater when the owner does not answer
   */
  public Names pinned(Pin pin) {
    PinCondition condition = references.condition(pin);
    if (!condition.isMet()) {
      return router
          .database()
          .pinnedNames(pin, condition)
          .orElseThrow(() -> new ReferenceNotFound(List.of(pin)));
    }
    long id = (long) Objects.requireNonNull(pin.arguments().getFirst());
    return now(pin.target(), List.of(id)).getOrDefault(id, Names.UNKNOWN);
  }

  /** Forgets a row that has changed. */
  @EventListener
  void forget(TargetChanged event) {
    Row row = new Row(event.target(), event.id());
    known.invalidate(row);
    contacts.invalidate(row);
  }

  private static Cache<Row, Names> cache() {
    return Caffeine.newBuilder().expireAfterWrite(REMEMBERED).maximumSize(REMEMBERED_ROWS).build();
  }

  /**
   * The names of one row.
   *
   * @param values by the column of the owner's published function, such as {@code username}
   */
  public record Names(Map<String, @Nullable String> values) {

    /** A row that does not exist, or whose names are not known. */
    public static final Names UNKNOWN = new Names(Map.of());

    /** One of them; null when there is none. */
    public @Nullable String get(String column) {
      return values.get(column);
    }
  }
}
