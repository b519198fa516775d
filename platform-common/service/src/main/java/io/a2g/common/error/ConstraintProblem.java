package io.a2g.common.error;

/**
 * What a violated database constraint means to the caller. Each feature declares one bean per
 * unique constraint it relies on, so that a race lost in the database reads like any other
 * conflict.
 *
 * @param constraint name of the constraint or unique index
 * @param field request field at fault
 * @param message what is wrong, for people
 */
public record ConstraintProblem(String constraint, String field, String message) {}
