package io.a2g.common.reference;

import io.a2g.common.reference.TargetNames.Names;
import io.a2g.common.topology.Pin;
import io.a2g.common.topology.ReferenceTarget;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** What the schema that owns targets answers, in this database or over HTTP. */
public interface TargetOwner {

  /**
   * Pins what is there, in the order given. A lock in this database does it; elsewhere the pins are
   * reserved, and only if all of them are live.
   *
   * @param reservation under which they are reserved elsewhere
   * @return those whose target is live
   */
  Set<Pin> pin(UUID reservation, List<Pin> pins);

  /** The names by id; rows that do not exist are missing. */
  Map<Long, Names> names(ReferenceTarget target, Collection<Long> ids);

  /** As {@link TargetNames#contactsOf}. */
  Map<Long, Names> contacts(Collection<Long> userIds);

  /** As {@link io.a2g.common.topology.TargetStates#statesOf}. */
  Map<Long, Boolean> states(ReferenceTarget target, Collection<Long> ids);
}
