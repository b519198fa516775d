package io.a2g.common.reference;

import io.a2g.common.topology.ReferenceTarget;
import java.util.Collection;
import java.util.List;

/** What schemas that may refer to a target answer, in this database or over HTTP. */
public interface ReferenceHolder {

  /**
   * What refers to these targets.
   *
   * @param purge whether deleted rows and all references count, or only live rows of RESTRICT ones
   */
  List<Referrer> referrers(ReferenceTarget target, Collection<Long> ids, boolean purge);

  /** As {@link ReferenceHolders#handOver}. */
  long handOver(ReferenceTarget target, long from, long to);
}
