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

  /** The whole answer. The media type is fixed, so that no Accept header can turn it away. */
  public static ResponseEntity<Object> answer(
      ProblemType type, String detail, List<FieldProblem> errors, HttpHeaders headers) {
    return ResponseEntity.status(type.status())
        .headers(headers)
        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
        .body(body(type, detail, errors));
  }
}
