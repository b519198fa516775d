package io.a2g.common.error;

import io.a2g.common.json.FieldPath;
import jakarta.validation.ConstraintViolation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.springframework.context.MessageSourceResolvable;
import org.springframework.validation.FieldError;
import org.springframework.validation.method.ParameterValidationResult;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.method.annotation.HandlerMethodValidationException;

/** Turns validation results into field problems with the caller's field names. */
public final class ValidationProblems {

  private ValidationProblems() {}

  /** A body that breaks rules is 422; a parameter that does is 400. */
  static ProblemException explain(MethodArgumentNotValidException failure) {
    List<FieldProblem> errors =
        failure.getBindingResult().getAllErrors().stream()
            .map(ValidationProblems::fieldProblem)
            .toList();
    boolean body = failure.getParameter().hasParameterAnnotation(RequestBody.class);
    return problem(body ? ProblemType.VALIDATION_FAILED : ProblemType.INVALID_PARAMETER, errors);
  }

  static ProblemException explain(HandlerMethodValidationException failure) {
    boolean body = false;
    List<FieldProblem> errors = new ArrayList<>();
    for (ParameterValidationResult result : failure.getParameterValidationResults()) {
      body |= result.getMethodParameter().hasParameterAnnotation(RequestBody.class);
      String name = String.valueOf(result.getMethodParameter().getParameterName());
      for (MessageSourceResolvable error : result.getResolvableErrors()) {
        errors.add(
            error instanceof FieldError field
                ? fieldProblem(field)
                : new FieldProblem(
                    FieldPath.snakeCase(name), "invalid", message(error.getDefaultMessage())));
      }
    }
    return problem(body ? ProblemType.VALIDATION_FAILED : ProblemType.INVALID_PARAMETER, errors);
  }

  /** For bodies that are validated outside a controller's parameter list. */
  public static ProblemException explain(Collection<? extends ConstraintViolation<?>> violations) {
    return problem(
        ProblemType.VALIDATION_FAILED,
        violations.stream()
            .map(violation ->
                new FieldProblem(
                    FieldPath.snakeCase(violation.getPropertyPath().toString()),
                    FieldPath.snakeCase(
                        uncapitalize(
                            violation
                                .getConstraintDescriptor()
                                .getAnnotation()
                                .annotationType()
                                .getSimpleName())),
                    violation.getMessage()))
            .toList());
  }

  private static FieldProblem fieldProblem(MessageSourceResolvable error) {
    String field = error instanceof FieldError fieldError ? fieldError.getField() : "";
    String[] codes = error.getCodes();
    String code = codes == null || codes.length == 0 ? "invalid" : codes[codes.length - 1];
    // A conversion failure's own message names Java types.
    boolean conversion = "typeMismatch".equals(code);
    return new FieldProblem(
        FieldPath.snakeCase(field),
        conversion ? "invalid_type" : FieldPath.snakeCase(uncapitalize(code)),
        conversion ? "has the wrong type or format" : message(error.getDefaultMessage()));
  }

  private static ProblemException problem(ProblemType type, List<FieldProblem> errors) {
    String detail =
        errors.isEmpty()
            ? "The request breaks a rule."
            : (errors.get(0).field() + " " + errors.get(0).message() + ".").strip();
    return new ProblemException(type, detail, errors);
  }

  private static String message(@org.jspecify.annotations.Nullable String text) {
    return text == null ? "is not valid" : text;
  }

  private static String uncapitalize(String name) {
    return name.isEmpty()
        ? name
        : name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
  }
}
