package io.a2g.common.reference;

import io.a2g.common.schema.PlatformSchema;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Everything in a race that makes rows, or brings them back. */
final class RaceWriters {

  private final Replicas replicas;

  RaceWriters(Replicas replicas) {
    this.replicas = replicas;
  }

  /** Pins, inserts, and makes the new row a hot one. */
  RaceOutcome create(
      RandomGenerator random,
      PlatformSchema schema,
      HotIds hot,
      List<Pin> pins,
      String insert,
      Object... values) {
    Replica replica = replicas.any(random, schema);
    long id =
        replica.inTransaction(() -> {
          replica.verifier().pin(pins.toArray(Pin[]::new));
          Replicas.stallSometimes(random);
          return replica.jdbc().sql(insert).params(values).query(Long.class).single();
        });
    hot.add(random, id);
    return RaceOutcome.DONE;
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
