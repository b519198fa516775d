package io.a2g.common.error;

import io.a2g.common.json.FieldPath;
import io.a2g.common.json.UnstorableTextException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.converter.HttpMessageNotReadableException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** Says what is wrong with an unreadable JSON body, without a class name in it. */
public final class BodyProblems {

  private BodyProblems() {}

  static ProblemException explain(HttpMessageNotReadableException failure) {
    for (Throwable t = failure.getCause(); t != null; t = t.getCause()) {
      if (t instanceof ProblemException problem) {
        return problem;
      }
      if (t instanceof JacksonException jackson && !wrapsAnother(jackson)) {
        return explain(jackson);
      }
    }
    return new ProblemException(ProblemType.MALFORMED_JSON, "A JSON body is required.");
  }

  /** As for a whole body, for JSON that was read some other way. */
  public static ProblemException explain(JacksonException failure) {
    if (failure instanceof StreamConstraintsException) {
      return new ProblemException(
          ProblemType.INVALID_BODY, "The body is nested too deeply or holds too long a value.");
    }
    String field = FieldPath.of(failure);
    if (failure instanceof InputCoercionException) {
      return invalid(field, "invalid_type", "is a number out of range");
    }
    if (failure instanceof StreamReadException read) {
      return malformed(read);
    }
    if (failure instanceof UnrecognizedPropertyException) {
      return invalid(field, "unknown_field", "is not a field of this request");
    }
    if (failure instanceof UnstorableTextException) {
      return invalid(field, "invalid_character", "has a NUL character or half of a surrogate pair");
    }
    if (failure instanceof InvalidFormatException format && format.getTargetType().isEnum()) {
      return invalid(field, "unknown_value", "must be one of " + names(format.getTargetType()));
    }
    if (failure instanceof MismatchedInputException) {
      return invalid(field, "invalid_type", "has the wrong type or format");
    }
    return invalid(field, "invalid_value", "cannot be read");
  }

  // An exception from a body filter or a nested reader says more than its wrapper.
  private static boolean wrapsAnother(JacksonException failure) {
    return failure.getCause() instanceof ProblemException
        || failure.getCause() instanceof JacksonException;
  }

  private static ProblemException malformed(StreamReadException read) {
    String original = String.valueOf(read.getOriginalMessage());
    if (original.startsWith("Duplicate")) {
      return new ProblemException(
          ProblemType.MALFORMED_JSON,
          "The body has the same field twice.",
          List.of(new FieldProblem(quotedName(original), "duplicate_field", "appears twice")));
    }
    var where = read.getLocation();
    return new ProblemException(
        ProblemType.MALFORMED_JSON,
        where == null
            ? "The body is not valid JSON."
            : "The body is not valid JSON: line %d, column %d."
                .formatted(where.getLineNr(), where.getColumnNr()));
  }

  // Jackson knows the name of the repeated field only inside its message.
  private static String quotedName(String message) {
    int from = message.indexOf('"');
    int to = message.indexOf('"', from + 1);
    return from < 0 || to < 0 ? "" : message.substring(from + 1, to);
  }

  private static ProblemException invalid(String field, String code, String message) {
    return new ProblemException(
        ProblemType.INVALID_BODY,
        field.isEmpty() ? "The body " + message + "." : field + " " + message + ".",
        field.isEmpty() ? List.of() : List.of(new FieldProblem(field, code, message)));
  }

  private static String names(@Nullable Class<?> enumType) {
    Object[] constants = enumType == null ? null : enumType.getEnumConstants();
    return constants == null
        ? "the documented values"
        : Arrays.stream(constants).map(Object::toString).collect(Collectors.joining(", "));
  }
}
