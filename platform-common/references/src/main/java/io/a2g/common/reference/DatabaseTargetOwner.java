package io.a2g.common.reference;

import io.a2g.common.reference.TargetNames.Names;
import io.a2g.common.topology.Pin;
import io.a2g.common.topology.ReferenceTarget;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Calls the functions that the schemas with targets publish. */
public final class DatabaseTargetOwner implements TargetOwner {

  private final JdbcClient jdbc;

  /** Calls them in the transactions of this client. */
  public DatabaseTargetOwner(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * All in one round trip, whichever schemas own the targets. PostgreSQL evaluates a select list
   * from left to right, so locks are taken in the order given.
   */
  @Override
  public Set<Pin> pin(UUID reservation, List<Pin> pins) {
    if (pins.isEmpty()) {
      return Set.of();
    }
    String calls =
        pins.stream()
            .map(pin -> call(pin.target().pinFunction(), pin.arguments()))
            .collect(Collectors.joining(", "));
    return jdbc.sql("SELECT " + calls)
        .params(pins.stream().flatMap(pin -> pin.arguments().stream()).toList())
        .query((row, number) -> {
          Set<Pin> live = new HashSet<>();
          for (int i = 0; i < pins.size(); i++) {
            if (row.getBoolean(i + 1)) {
              live.add(pins.get(i));
            }
          }
          return live;
        })
        .single();
  }

  /**
   * Pins many targets by the function for batches, in the order of their ids.
   *
   * @return the ids without a live row
   */
  public List<Long> pinAll(String function, Collection<Long> ids, @Nullable Object... arguments) {
    List<@Nullable Object> values = new ArrayList<>();
    values.add(ids.toArray(Long[]::new));
    Collections.addAll(values, arguments);
    return jdbc.sql("SELECT * FROM " + call(function, values))
        .params(values)
        .query((row, number) -> row.getLong(1))
        .list();
  }

  @Override
  public Map<Long, Names> names(ReferenceTarget target, Collection<Long> ids) {
    return ask(namesFunction(target), ids);
  }

  @Override
  public Map<Long, Names> contacts(Collection<Long> userIds) {
    return ask("users.user_contacts", userIds);
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

  /**
   * Pins a row and tells its names in one round trip.
   *
   * @param condition of the pin
   * @return empty when the row is not live
   */
  Optional<Names> pinnedNames(Pin pin, PinCondition condition) {
    String names =
        " LEFT JOIN %s(ARRAY[?::bigint]) AS n ON true".formatted(namesFunction(pin.target()));
    return jdbc.sql("SELECT n.*" + condition.clauses(names))
        .params(condition.parameters())
        .param(pin.arguments().getFirst())
        .query((row, number) -> read(row))
        .optional();
  }

  @Override
  public Map<Long, Boolean> states(ReferenceTarget target, Collection<Long> ids) {
    Map<Long, Boolean> states = new HashMap<>();
    jdbc.sql("SELECT id, live FROM " + target.statesFunction() + "(?)")
        .param(ids.toArray(Long[]::new))
        .query(row -> {
          states.put(row.getLong(1), row.getBoolean(2));
        });
    return states;
  }

  private static String call(String function, List<?> arguments) {
    return function
        + arguments.stream().map(argument -> "?").collect(Collectors.joining(", ", "(", ")"));
  }

  private static String namesFunction(ReferenceTarget target) {
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
