package io.a2g.common.error;

/**
 * One thing wrong with one field of a request.
 *
 * @param field path in the request as the caller wrote it, e.g. {@code capabilities[0].name}
 * @param code stable, machine-readable reason, e.g. {@code not_found}
 * @param message what is wrong, for people; never repeats the offending value
 */
public record FieldProblem(String field, String code, String message) {}
