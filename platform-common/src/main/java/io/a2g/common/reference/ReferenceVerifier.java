package io.a2g.common.reference;

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
}
