package io.a2g.systemtest.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/**
 * What this run made, by the collection it is in: only that is changed or deleted. The five fuzzers
 * share it, so that an agent of one service appears in a session of another.
 */
final class KnownIds {

  private static final int REMEMBERED = 200;

  private final Map<String, List<String>> byCollection = new TreeMap<>();

  /**
   * Remembers something new.
   *
   * @param collection path of the list it is in
   */
  synchronized void add(String collection, String id) {
    List<String> ids = byCollection.computeIfAbsent(collection, key -> new ArrayList<>());
    ids.add(id);
    if (ids.size() > REMEMBERED) {
      ids.removeFirst();
    }
  }

  /** One of those in the collection; empty: none was made. */
  synchronized Optional<String> in(String collection, RandomGenerator random) {
    List<String> ids = byCollection.getOrDefault(collection, List.of());
    // The youngest most often: few of the others are still there.
    return ids.isEmpty()
        ? Optional.empty()
        : Optional.of(ids.get(random.nextBoolean() ? ids.size() - 1 : random.nextInt(ids.size())));
  }

  /** One of those that a field such as {@code agent_id} is about. */
  synchronized Optional<String> about(String field, RandomGenerator random) {
    String kind = field.replaceFirst("_?id$", "");
    List<String> collections =
        byCollection.keySet().stream()
            .filter(path -> !kind.isEmpty() && path.substring(path.lastIndexOf('/')).contains(kind))
            .toList();
    // owner_id and the like: of people.
    String collection =
        collections.isEmpty() ? Callers.USERS : collections.get(random.nextInt(collections.size()));
    return in(collection, random);
  }
}
