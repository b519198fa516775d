package io.a2g.common.reference;

import io.a2g.common.topology.Pin;
import io.a2g.common.topology.PlatformSchema;
import io.a2g.common.topology.ReferenceTarget;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Everything in a race that makes rows, or brings them back. */
final class RaceWriters {

  private final Replicas replicas;

  RaceWriters(Replicas replicas) {
    this.replicas = replicas;
  }

  /** Pins and inserts in one statement, and makes the new row a hot one. */
  RaceOutcome create(
      RandomGenerator random, PlatformSchema schema, HotIds hot, NewRow row, Pin... pins) {
    Replica replica = replicas.any(random, schema);
    long id =
        replica.inTransaction(() -> {
          PinCondition condition = replica.verifier().condition(pins);
          long stored =
              insert(replica, row, condition)
                  .orElseGet(() -> {
                    replica.verifier().pin(pins);
                    return insert(replica, row, PinCondition.MET).orElseThrow();
                  });
          Replicas.stallSometimes(random);
          return stored;
        });
    hot.add(random, id);
    return RaceOutcome.DONE;
  }

  /** As {@link #create}, with the pin before the INSERT, as it is where names are asked for. */
  RaceOutcome pinAndCreate(
      RandomGenerator random, PlatformSchema schema, HotIds hot, NewRow row, Pin... pins) {
    Replica replica = replicas.any(random, schema);
    long id =
        replica.inTransaction(() -> {
          replica.verifier().pin(pins);
          Replicas.stallSometimes(random);
          return insert(replica, row, PinCondition.MET).orElseThrow();
        });
    hot.add(random, id);
    return RaceOutcome.DONE;
  }

  private static Optional<Long> insert(Replica replica, NewRow row, PinCondition condition) {
    return replica
        .jdbc()
        .sql(row.insert(condition, "id"))
        .params(row.parameters(condition))
        .query(Long.class)
        .optional();
  }

  /**
   * Brings a deleted row back.
   *
   * @param references what the row refers to, and the columns
   */
  RaceOutcome restore(
      RandomGenerator random,
      PlatformSchema schema,
      String table,
      long id,
      Map<ReferenceTarget, String> references) {
    Replica replica = replicas.any(random, schema);
    return replica.inTransaction(() -> {
      List<Map<String, Object>> row =
          replica
              .jdbc()
              .sql(
                  "SELECT * FROM %s WHERE id = ? AND deleted_at IS NOT NULL FOR UPDATE"
                      .formatted(table))
              .param(id)
              .query()
              .listOfRows();
      if (row.isEmpty()) {
        return RaceOutcome.NOTHING_TO_DO;
      }
      replica.verifier().pin(pins(references, row.getFirst()));
      Replicas.stallSometimes(random);
      replica
          .jdbc()
          .sql(
              "UPDATE %s SET deleted_at = NULL, version = version + 1 WHERE id = ?"
                  .formatted(table))
          .param(id)
          .update();
      return RaceOutcome.DONE;
    });
  }

  private static Pin[] pins(Map<ReferenceTarget, String> references, Map<String, Object> row) {
    return references.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(one -> Replicas.pin(one.getKey(), ((Number) row.get(one.getValue())).longValue()))
        .toArray(Pin[]::new);
  }
}
