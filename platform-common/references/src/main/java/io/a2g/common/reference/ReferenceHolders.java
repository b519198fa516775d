package io.a2g.common.reference;

import io.a2g.common.topology.ReferenceTarget;
import java.util.Collection;
import java.util.List;

/**
 * Asks everybody who may refer to a target, before it goes. Call it in a READ COMMITTED transaction
 * that has locked the target {@code FOR UPDATE} already: a row that was stored while this
 * transaction waited for the lock is then seen, and no other can follow. When somebody cannot
 * answer, the call fails and nothing may be deleted.
 */
public interface ReferenceHolders {

  /**
   * Passes when nothing forbids that the target is marked deleted.
   *
   * @throws StillReferenced naming the live rows of RESTRICT references
   */
  void requireDeletable(ReferenceTarget target, long id);

  /**
   * Everything that refers to these targets, deleted rows too; a target that is to be removed for
   * good must not be named here.
   */
  List<Holding> holding(ReferenceTarget target, Collection<Long> ids);

  /**
   * Gives the live rows of RESTRICT references another target, which the caller has pinned.
   *
   * @return how many rows
   */
  long handOver(ReferenceTarget target, long from, long to);
}
