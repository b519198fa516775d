package io.a2g.common.reference;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row to be stored by {@link PinnedRows}. Its names are the program's own words, never a
 * request's.
 */
public final class NewRow {

  private final String table;
  private final List<String> columns = new ArrayList<>();
  private final List<Object> values = new ArrayList<>();

  private NewRow(String table) {
    this.table = table;
  }

  /**
   * A row without values.
   *
   * @param table with its schema
   */
  public static NewRow of(String table) {
    return new NewRow(table);
  }

  /** Adds a value; without one (null), the column has its default. */
  public NewRow with(String column, @Nullable Object value) {
    if (value != null) {
      columns.add(column);
      values.add(value);
    }
    return this;
  }

  /** The statement that stores the row if the condition is met, and answers nothing else. */
  String insert(PinCondition condition, String returning) {
    return "INSERT INTO %s (%s) SELECT %s%s RETURNING %s"
        .formatted(
            table,
            String.join(", ", columns),
            String.join(", ", Collections.nCopies(columns.size(), "?")),
            condition.clauses(),
            returning);
  }

  /** What the statement takes. */
  List<Object> parameters(PinCondition condition) {
    List<Object> parameters = new ArrayList<>(values);
    parameters.addAll(condition.parameters());
    return parameters;
  }
}
