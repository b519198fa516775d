package io.a2g.common.reference;

import io.a2g.common.topology.ReferenceTarget;
import java.util.Collection;
import java.util.List;
import java.util.function.BiConsumer;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Asks every schema that may refer to a target, before it goes. Call it in a READ COMMITTED
 * transaction that has locked the target {@code FOR UPDATE} already: a row that was stored while
 * this transaction waited for the lock is then seen, and no other can follow. When one cannot
 * answer, the call fails and nothing may be deleted.
 */
public final class ReferenceHolders {

  private final ReferenceRouter router;
  private final BiConsumer<ReferenceTarget, Collection<Long>> settlement;

  /**
   * @param settlement ends all reservations of some targets, as the owner of which this service has
   *     them locked; fails when a holder cannot say
   */
  public ReferenceHolders(
      ReferenceRouter router, BiConsumer<ReferenceTarget, Collection<Long>> settlement) {
    this.router = router;
    this.settlement = settlement;
  }

  /**
   * Passes when nothing forbids that the target is marked deleted.
   *
   * @throws StillReferenced naming the live rows of RESTRICT references
   */
  public void requireDeletable(ReferenceTarget target, long id) {
    List<Referrer> referrers = ask(target, List.of(id), false);
    if (!referrers.isEmpty()) {
      throw new StillReferenced(target, referrers);
    }
  }

  /**
   * Everything that refers to these targets, deleted rows too; a target that is to be removed for
   * good must not be named here.
   */
  public List<Referrer> referrers(ReferenceTarget target, Collection<Long> ids) {
    return ids.isEmpty() ? List.of() : ask(target, ids, true);
  }

  /**
   * Gives the live rows of RESTRICT references another target, which the caller has pinned. A
   * holder in another database commits by itself: when the caller's transaction fails afterwards,
   * the rows have their new target all the same, and the caller can repeat the whole.
   *
   * @return how many rows
   */
  public long handOver(ReferenceTarget target, long from, long to) {
    requireTransaction();
    long rows = 0;
    for (ReferenceHolder holder : router.holders(target)) {
      rows += holder.handOver(target, from, to);
    }
    return rows;
  }

  private List<Referrer> ask(ReferenceTarget target, Collection<Long> ids, boolean purge) {
    requireTransaction();
    // First, because what refers to them can only be seen when no reservation is open. Wherever
    // the holders are: one that is here now may have made some while it was elsewhere.
    settlement.accept(target, ids);
    return router.holders(target).stream()
        .flatMap(holder -> holder.referrers(target, ids, purge).stream())
        .toList();
  }

  private static void requireTransaction() {
    if (!TransactionSynchronizationManager.isActualTransactionActive()) {
      throw new IllegalStateException("holders are asked in the transaction that has the lock");
    }
  }
}
