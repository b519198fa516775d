package io.a2g.common.reference;

import io.a2g.common.topology.Pin;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * What is left of pinning for the statement that stores the row, so that both take one round trip
 * and not two. A real foreign key takes none of its own either.
 *
 * @param calls of pin functions, each true when its target is live and locked; none when nothing is
 *     left to do
 * @param parameters of the calls, in their order
 */
public record PinCondition(List<String> calls, List<Object> parameters) {

  /** All is pinned. */
  static final PinCondition MET = new PinCondition(List.of(), List.of());

  /** Leaves all of it to the statement. */
  public static PinCondition of(List<Pin> pins) {
    List<String> calls = new ArrayList<>();
    List<Object> parameters = new ArrayList<>();
    for (Pin pin : pins) {
      calls.add(call(pin));
      pin.arguments().stream().filter(Objects::nonNull).forEach(parameters::add);
    }
    return new PinCondition(calls, parameters);
  }

  // A parameter without a value has no type, which some drivers ask the server for.
  private static String call(Pin pin) {
    var call = new StringJoiner(", ", pin.target().pinFunction() + "(", ")");
    for (@Nullable Object argument : pin.arguments()) {
      call.add(argument == null ? "NULL" : "?");
    }
    return call.toString();
  }

  /** True when the targets are pinned whatever the statement says. */
  public boolean isMet() {
    return calls.isEmpty();
  }

  /** As {@link #clauses(String)}, with nothing joined. */
  String clauses() {
    return clauses("");
  }

  /**
   * FROM and WHERE of a statement: one row when all targets are pinned, none otherwise. PostgreSQL
   * evaluates a select list from left to right, so locks are taken in the order given, and it
   * neither merges nor filters a subquery with volatile functions.
   *
   * @param join what else the row has, as a join in SQL; its parameters follow the condition's
   */
  String clauses(String join) {
    if (isMet()) {
      return "";
    }
    var from = new StringJoiner(", ", " FROM (SELECT ", ") AS pinned");
    var where = new StringJoiner(" AND ", " WHERE ", "");
    for (int i = 0; i < calls.size(); i++) {
      from.add(calls.get(i) + " AS p" + i);
      where.add("pinned.p" + i);
    }
    return from + join + where;
  }
}
