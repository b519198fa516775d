package io.a2g.common.reference;

import io.a2g.common.testkit.database.MigratedDatabase;
import io.a2g.common.topology.Pin;
import io.a2g.common.topology.PlatformSchema;
import io.a2g.common.topology.ReferenceTarget;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** Two instances of every service that owns or holds references. */
final class Replicas implements AutoCloseable {

  private static final int CONNECTIONS = 8;

  private final Map<PlatformSchema, List<Replica>> all = new TreeMap<>();

  Replicas(MigratedDatabase database) {
    for (PlatformSchema schema : schemas()) {
      all.put(
          schema,
          List.of(
              new Replica(database, schema, CONNECTIONS),
              new Replica(database, schema, CONNECTIONS)));
    }
  }

  static List<PlatformSchema> schemas() {
    return Stream.of(PlatformSchema.values())
        .filter(schema ->
            !ReferenceTarget.ownedBy(schema).isEmpty() || !ReferenceTarget.heldBy(schema).isEmpty())
        .toList();
  }

  Replica any(RandomGenerator random, PlatformSchema schema) {
    List<Replica> replicas = all.get(schema);
    return replicas.get(random.nextInt(replicas.size()));
  }

  @Override
  public void close() {
    all.values().stream().flatMap(List::stream).forEach(Replica::close);
  }

  /** A caller who is held up between check and write, as a busy machine does it to anybody. */
  static void stallSometimes(RandomGenerator random) {
    if (random.nextInt(10) == 0) {
      try {
        Thread.sleep(random.nextInt(3));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** With an administrator's rights, where rights are asked: races are about existence. */
  static Pin pin(ReferenceTarget target, long id) {
    String field = target.noun() + "_id";
    return target == ReferenceTarget.USER
        ? target.pin(field, id)
        : target.pin(field, id, null, null, true);
  }
}
