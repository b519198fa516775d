package io.a2g.common.reference;

import java.sql.Connection;
import java.util.Collection;
import java.util.Map;

/** Tells which rows that others refer to exist, and which of them are live. */
@FunctionalInterface
public interface TargetStates {

  /**
   * Asks about some rows of one kind.
   *
   * @param connection to the schema that holds the references, for an implementation that finds the
   *     target there; inside a transaction it has to be asked in that one
   * @return id → whether the row is live; an id without any row is missing
   * @throws TargetNotAsked when there is no answer, from which nothing may be concluded
   */
  Map<Long, Boolean> of(Connection connection, ReferenceTarget target, Collection<Long> ids);
}
