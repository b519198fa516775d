package io.a2g.common.reference;

import io.a2g.common.topology.Pin;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import java.util.List;
import java.util.Optional;

/**
 * Stores rows together with their pins, in one statement where the targets are in this database. A
 * pin by itself would be one round trip more than a foreign key has.
 */
public final class PinnedRows {

  private final ReferenceVerifier references;
  private final EntityManager entities;

  /** Stores through this entity manager, which takes part in the caller's transactions. */
  public PinnedRows(ReferenceVerifier references, EntityManager entities) {
    this.references = references;
    this.entities = entities;
  }

  /**
   * Stores a row in the caller's transaction.
   *
   * @param type the entity of the table
   * @param pins as for {@link ReferenceVerifier#pin}
   * @return the row as it is stored, a managed entity
   * @throws ReferenceNotFound naming every field whose target is missing or deleted
   * @throws IllegalStateException outside a transaction, where a pin would hold nothing
   */
  public <T> T insert(NewRow row, Class<T> type, Pin... pins) {
    return insert(row, "*", type, pins);
  }

  /** As {@link #insert(NewRow, Class, Pin...)}, answering one column. */
  public <T> T insert(NewRow row, String returning, Class<T> type, Pin... pins) {
    return tryInsert(row, returning, type, references.condition(pins))
        .orElseGet(() -> {
          // Says which is missing. When none is any more, all are pinned now.
          references.pin(pins);
          return tryInsert(row, returning, type, PinCondition.MET).orElseThrow();
        });
  }

  private <T> Optional<T> tryInsert(
      NewRow row, String returning, Class<T> type, PinCondition condition) {
    Query insert = entities.createNativeQuery(row.insert(condition, returning), type);
    List<Object> parameters = row.parameters(condition);
    for (int i = 0; i < parameters.size(); i++) {
      insert.setParameter(i + 1, parameters.get(i));
    }
    List<?> rows = insert.getResultList();
    return rows.stream().findFirst().map(type::cast);
  }
}
