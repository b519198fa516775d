package io.a2g.common.migrate.history;

import io.a2g.common.migrate.Target;
import io.a2g.common.migrate.log.MigrationLog;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Who gave the order for each row of the history; the rows themselves only name database users. */
public final class Actors {

  private Actors() {}

  /**
   * Reads them from the log.
   *
   * @return rank of the row → actor; without the rows of a version that others applied or undid
   *     too, because then it is not known which entry belongs to which row
   */
  public static Map<Integer, String> read(Target target) {
    return target.on(connection -> {
      HistoryTable history = new HistoryTable(connection, target.schema());
      return history.exists()
          ? match(history.rows(), MigrationLog.orders(connection, target.schema()))
          : Map.of();
    });
  }

  private static Map<Integer, String> match(
      List<HistoryTable.Row> history, List<MigrationLog.Order> orders) {
    Map<String, List<MigrationLog.Order>> byKey =
        orders.stream().collect(Collectors.groupingBy(MigrationLog.Order::key));
    Map<Integer, String> actors = new HashMap<>();
    history.stream()
        .collect(Collectors.groupingBy(Actors::key))
        .forEach((key, rows) -> {
          List<MigrationLog.Order> known = byKey.getOrDefault(key, List.of());
          for (int i = 0; i < rows.size() && known.size() == rows.size(); i++) {
            actors.put(rows.get(i).rank(), known.get(i).actor());
          }
        });
    return actors;
  }

  private static String key(HistoryTable.Row row) {
    return MigrationLog.Order.key(
        row.type().equals(HistoryTable.DELETE), row.version(), row.script());
  }
}
