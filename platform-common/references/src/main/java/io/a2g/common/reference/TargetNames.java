package io.a2g.common.reference;

import io.a2g.common.topology.Pin;
import io.a2g.common.topology.ReferenceTarget;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the owner of a target publishes for display. Deleted rows stay readable; rows that do not
 * exist are missing. Ask once for a whole page.
 */
public interface TargetNames {

  /** As {@link #now}, but perhaps ten seconds old. */
  Map<Long, Names> of(ReferenceTarget target, Collection<Long> ids);

  /**
   * The names of users as {@link #of} gives them, and their e-mail addresses as {@code email}: for
   * callers who may read these users in user-service.
   */
  Map<Long, Names> contactsOf(Collection<Long> userIds);

  /**
   * The names by id, for decisions.
   *
   * @throws io.a2g.common.error.RetryLater when the owner does not answer
   */
  Map<Long, Names> now(ReferenceTarget target, Collection<Long> ids);

  /**
   * Pins one row as {@link ReferenceVerifier#pin} does and tells its names, in one round trip where
   * it is in this database. Call it inside the transaction that stores what refers to the row.
   *
   * @throws ReferenceNotFound when there is no live row
   * @throws io.a2g.common.error.RetryLater when the owner does not answer
   */
  Names pinned(Pin pin);

  /**
   * The names of one row.
   *
   * @param values by the column of the owner's published function, such as {@code username}
   */
  record Names(Map<String, @Nullable String> values) {

    /** A row that does not exist, or whose names are not known. */
    public static final Names UNKNOWN = new Names(Map.of());

    /** One of them; null when there is none. */
    public @Nullable String get(String column) {
      return values.get(column);
    }
  }
}
