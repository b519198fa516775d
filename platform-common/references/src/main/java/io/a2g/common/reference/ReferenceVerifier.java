package io.a2g.common.reference;

import io.a2g.common.topology.Pin;
import io.a2g.common.topology.ReferenceTarget;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * Makes sure that what a row is about to refer to exists and stays until the row is committed. Call
 * it inside the transaction that writes the row, before the write.
 */
public interface ReferenceVerifier {

  /**
   * Pins all targets, in the order given: users, agents, models, sessions; ascending ids.
   *
   * @throws ReferenceNotFound naming every field whose target is missing or deleted
   * @throws IllegalStateException outside a transaction, where a pin would hold nothing
   */
  void pin(Pin... pins);

  /**
   * As {@link #pin}, but what the statement that stores the row can do in the same round trip is
   * left to it; see {@link PinnedRows}. A verifier that knows nothing better pins at once.
   */
  default PinCondition condition(Pin... pins) {
    pin(pins);
    return PinCondition.MET;
  }

  /** How many ids one call of {@link #pinAll} takes. */
  int MAX_BATCH = 1_000;

  /**
   * Pins many targets of one kind, in the order of their ids; duplicates are welcome. A verifier
   * that knows nothing better pins each by itself.
   *
   * @param field the request field at fault when one is missing
   * @param ids at most {@link #MAX_BATCH}
   * @param arguments what the target's pin function takes after the id, the same for all
   * @throws ReferenceNotFound naming the field when a target is missing or deleted
   * @throws IllegalArgumentException for more ids than one call takes
   * @throws IllegalStateException outside a transaction, where a pin would hold nothing
   */
  default void pinAll(
      String field, ReferenceTarget target, Collection<Long> ids, @Nullable Object... arguments) {
    requireBatch(ids);
    pin(
        ids.stream()
            .distinct()
            .sorted()
            .map(id -> new Pin(field, target, Pin.idAnd(id, arguments)))
            .toArray(Pin[]::new));
  }

  /** Refuses more ids than {@link #MAX_BATCH}. */
  static void requireBatch(Collection<Long> ids) {
    if (ids.size() > MAX_BATCH) {
      throw new IllegalArgumentException(
          "%d ids, but one call takes at most %d".formatted(ids.size(), MAX_BATCH));
    }
  }
}
