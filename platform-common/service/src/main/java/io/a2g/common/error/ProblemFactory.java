package io.a2g.common.error;

import io.a2g.common.trace.TraceContext;
import java.net.URI;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;

/** Builds the one error shape of the platform's own API. */
public final class ProblemFactory {

  private ProblemFactory() {}

  /** The body alone. */
  public static ProblemDetail body(ProblemType type, String detail, List<FieldProblem> errors) {
    ProblemDetail problem = ProblemDetail.forStatusAndDetail(type.status(), detail);
    problem.setType(URI.create(type.uri()));
    problem.setTitle(type.title());
    problem.setProperty("code", type.code());
    problem.setProperty("trace_id", TraceContext.currentTraceId());
    if (!errors.isEmpty()) {
      problem.setProperty("errors", errors);
    }
    return problem;
  }

  /** The whole answer. */
  static ResponseEntity<Object> answer(ProblemException failure, HttpHeaders headers) {
    ProblemDetail problem = body(failure.type(), failure.detail(), failure.errors());
    failure.members().forEach(problem::setProperty);
    return answer(failure.type(), problem, headers);
  }

  /** The whole answer, for who has no exception. */
  public static ResponseEntity<Object> answer(
      ProblemType type, String detail, List<FieldProblem> errors, HttpHeaders headers) {
    return answer(type, body(type, detail, errors), headers);
  }

  // The media type is fixed, so that no Accept header can turn it away.
  private static ResponseEntity<Object> answer(
      ProblemType type, ProblemDetail problem, HttpHeaders headers) {
    return ResponseEntity.status(type.status())
        .headers(headers)
        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
        .body(problem);
  }
}
