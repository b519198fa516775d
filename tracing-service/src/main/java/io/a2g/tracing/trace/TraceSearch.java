package io.a2g.tracing.trace;

import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;

/**
 * The list of traces. Names only the filters that are set, so that PostgreSQL sees which index
 * fits: "(x is null or …)" would hide it in a prepared plan, and this table grows.
 */
@Repository
class TraceSearch {

  private final EntityManager entities;

  TraceSearch(EntityManager entities) {
    this.entities = entities;
  }

  /** Traces with ids below {@code before}, newest first. */
  List<Trace> search(TraceFilter filter, long before, int limit) {
    StringBuilder where = new StringBuilder("t.id < ?1 and t.deletedAt is ");
    where.append(filter.deleted() ? "not null" : "null");
    List<Object> values = new ArrayList<>();
    values.add(before);
    equal("userId", filter.userId(), where, values);
    equal("sessionId", filter.sessionId(), where, values);
    equal("agentId", filter.agentId(), where, values);
    var query =
        entities.createQuery(
            "select t from Trace t where " + where + " order by t.id desc", Trace.class);
    for (int i = 0; i < values.size(); i++) {
      query.setParameter(i + 1, values.get(i));
    }
    return query.setMaxResults(limit).getResultList();
  }

  private static void equal(
      String property, @Nullable Object value, StringBuilder where, List<Object> values) {
    if (value != null) {
      values.add(value);
      where.append(" and t.").append(property).append(" = ?").append(values.size());
    }
  }
}
