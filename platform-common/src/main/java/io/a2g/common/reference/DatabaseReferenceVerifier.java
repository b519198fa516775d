package io.a2g.common.reference;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Verifies by the target schema's pin functions, all of them in one round trip. PostgreSQL
 * evaluates a select list from left to right, so locks are taken in the order given.
 */
class DatabaseReferenceVerifier implements ReferenceVerifier {

  private final JdbcClient jdbc;

  DatabaseReferenceVerifier(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public void pin(Pin... pins) {
    if (!TransactionSynchronizationManager.isActualTransactionActive()) {
      throw new IllegalStateException("a reference is pinned in the transaction that stores it");
    }
    if (pins.length == 0) {
      return;
    }
    List<Boolean> found =
        jdbc.sql(selectOf(pins))
            .params(Arrays.stream(pins).flatMap(pin -> pin.arguments().stream()).toList())
            .query((row, number) -> {
              List<Boolean> columns = new ArrayList<>(pins.length);
              for (int i = 1; i <= pins.length; i++) {
                columns.add(row.getBoolean(i));
              }
              return columns;
            })
            .single();
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

  private static String selectOf(Pin... pins) {
    return Arrays.stream(pins)
        .map(pin ->
            pin.target().pinFunction()
                + pin.arguments().stream()
                    .map(argument -> "?")
                    .collect(Collectors.joining(", ", "(", ")")))
        .collect(Collectors.joining(", ", "SELECT ", ""));
  }
}
