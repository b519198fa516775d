package io.a2g.common.migrate.history;

/**
 * How an undo is to be done, and which refusals the operator has thought about.
 *
 * @param actor who gives the order
 * @param reason why; stands in the log and in the hold
 * @param allowDataLoss rows or values that the undo drops may be lost
 * @param allowDifference the schema need not be as it was before the migration
 * @param acceptChangedUndo the undo file may be another than the one stored when the migration ran
 * @param stored runs the stored undo text, because this image is older than the migration
 * @param force sessions of the service may be connected, others may hold the schema, and functions
 *     may go that other services were given
 */
public record UndoOptions(
    String actor,
    String reason,
    boolean allowDataLoss,
    boolean allowDifference,
    boolean acceptChangedUndo,
    boolean stored,
    boolean force) {}
