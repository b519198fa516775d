package io.a2g.common.orphan;

import io.a2g.common.topology.TargetStates;
import java.sql.Connection;

/** Says who tells which targets exist. */
@FunctionalInterface
public interface StatesSource {

  /**
   * Whom to ask while this connection is in use.
   *
   * @param connection to the schema that holds the references; {@link ConnectionTargetStates} finds
   *     the targets there, others need not
   */
  TargetStates on(Connection connection);
}
