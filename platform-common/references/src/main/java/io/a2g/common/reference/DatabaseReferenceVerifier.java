package io.a2g.common.reference;

import io.a2g.common.topology.Pin;
import io.a2g.common.topology.ReferenceTarget;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Verifies by the target schema's pin functions, all of them in one round trip. PostgreSQL
 * evaluates a select list from left to right, so locks are taken in the order given.
 */
public final class DatabaseReferenceVerifier implements ReferenceVerifier {

  private final JdbcClient jdbc;

  /** Verifies in the transactions of this client. */
  public DatabaseReferenceVerifier(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public void pin(Pin... pins) {
    List<Boolean> found = found(List.of(pins));
    List<Pin> missing = new ArrayList<>();
    for (int i = 0; i < pins.length; i++) {
      if (!found.get(i)) {
        missing.add(pins[i]);
      }
    }
    if (!missing.isEmpty()) {
      throw new ReferenceNotFound(missing);
    }
  }

  @Override
  public PinCondition condition(Pin... pins) {
    requireTransaction();
    return PinCondition.of(List.of(pins));
  }

  @Override
  public void pinAll(
      String field, ReferenceTarget target, Collection<Long> ids, @Nullable Object... arguments) {
    requireTransaction();
    String function = target.batchPinFunction();
    if (function == null) {
      ReferenceVerifier.super.pinAll(field, target, ids, arguments);
      return;
    }
    ReferenceVerifier.requireBatch(ids);
    if (ids.isEmpty()) {
      return;
    }
    List<@Nullable Object> values = new ArrayList<>();
    values.add(ids.toArray(Long[]::new));
    Collections.addAll(values, arguments);
    List<Long> missing =
        jdbc.sql("SELECT * FROM " + call(function, values))
            .params(values)
            .query((row, number) -> row.getLong(1))
            .list();
    if (!missing.isEmpty()) {
      throw new ReferenceNotFound(field, target, missing);
    }
  }

  /**
   * Pins what is there and tells of each, in the order given, whether it is.
   *
   * @throws IllegalStateException outside a transaction, where a pin would hold nothing
   */
  public List<Boolean> found(List<Pin> pins) {
    requireTransaction();
    if (pins.isEmpty()) {
      return List.of();
    }
    return jdbc.sql(selectOf(pins))
        .params(pins.stream().flatMap(pin -> pin.arguments().stream()).toList())
        .query((row, number) -> {
          List<Boolean> columns = new ArrayList<>(pins.size());
          for (int i = 1; i <= pins.size(); i++) {
            columns.add(row.getBoolean(i));
          }
          return columns;
        })
        .single();
  }

  private static String selectOf(List<Pin> pins) {
    return pins.stream()
        .map(pin -> call(pin.target().pinFunction(), pin.arguments()))
        .collect(Collectors.joining(", ", "SELECT ", ""));
  }

  private static String call(String function, List<?> arguments) {
    return function
        + arguments.stream().map(argument -> "?").collect(Collectors.joining(", ", "(", ")"));
  }

  private static void requireTransaction() {
    if (!TransactionSynchronizationManager.isActualTransactionActive()) {
      throw new IllegalStateException("a reference is pinned in the transaction that stores it");
    }
  }
}
