package io.a2g.common.reference;

import io.a2g.common.topology.Pin;
import io.a2g.common.topology.ReferenceTarget;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Asks the names function of the target's schema. */
public final class DatabaseTargetNames implements TargetNames {

  private final JdbcClient jdbc;
  private final DatabaseReferenceVerifier verifier;

  /** Asks through this client. */
  public DatabaseTargetNames(JdbcClient jdbc) {
    this.jdbc = jdbc;
    this.verifier = new DatabaseReferenceVerifier(jdbc);
  }

  @Override
  public Map<Long, Names> of(ReferenceTarget target, Collection<Long> ids) {
    return now(target, ids);
  }

  @Override
  public Map<Long, Names> contactsOf(Collection<Long> userIds) {
    return ask("users.user_contacts", userIds);
  }

  @Override
  public Map<Long, Names> now(ReferenceTarget target, Collection<Long> ids) {
    return ask(functionOf(target), ids);
  }

  private Map<Long, Names> ask(String function, Collection<Long> ids) {
    if (ids.isEmpty()) {
      return Map.of();
    }
    Map<Long, Names> names = new HashMap<>();
    jdbc.sql("SELECT n.* FROM " + function + "(?) n")
        .param(new HashSet<>(ids).toArray(Long[]::new))
        .query(row -> {
          names.put(row.getLong("id"), read(row));
        });
    return names;
  }

  @Override
  public Names pinned(Pin pin) {
    PinCondition condition = verifier.condition(pin);
    String names =
        " LEFT JOIN %s(ARRAY[?::bigint]) AS n ON true".formatted(functionOf(pin.target()));
    return jdbc.sql("SELECT n.*" + condition.clauses(names))
        .params(condition.parameters())
        .param(pin.arguments().getFirst())
        .query((row, number) -> read(row))
        .optional()
        .orElseThrow(() -> new ReferenceNotFound(List.of(pin)));
  }

  private static String functionOf(ReferenceTarget target) {
    String function = target.namesFunction();
    if (function == null) {
      throw new IllegalArgumentException("no names are published of " + target.table());
    }
    return function;
  }

  private static Names read(ResultSet row) throws SQLException {
    Map<String, @Nullable String> values = new HashMap<>();
    ResultSetMetaData columns = row.getMetaData();
    for (int i = 1; i <= columns.getColumnCount(); i++) {
      if (!columns.getColumnLabel(i).equals("id")) {
        values.put(columns.getColumnLabel(i), row.getString(i));
      }
    }
    return new Names(values);
  }
}
