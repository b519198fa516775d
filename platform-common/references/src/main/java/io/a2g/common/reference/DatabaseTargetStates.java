package io.a2g.common.reference;

import io.a2g.common.topology.ReferenceTarget;
import io.a2g.common.topology.TargetStates;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Asks the states function of the target's schema. */
public final class DatabaseTargetStates implements TargetStates {

  private final JdbcClient jdbc;

  /** Asks through this client. */
  public DatabaseTargetStates(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public Map<Long, Boolean> statesOf(ReferenceTarget target, Collection<Long> ids) {
    Map<Long, Boolean> states = new HashMap<>();
    jdbc.sql("SELECT id, live FROM " + target.statesFunction() + "(?)")
        .param(ids.toArray(Long[]::new))
        .query(row -> {
          states.put(row.getLong(1), row.getBoolean(2));
        });
    return states;
  }
}
