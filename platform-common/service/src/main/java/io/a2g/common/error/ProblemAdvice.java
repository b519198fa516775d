package io.a2g.common.error;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.http.HttpException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.multipart.MaxUploadSizeExceededException;
import org.springframework.web.multipart.MultipartException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/**
 * The one place where failures become answers. Filters use it too, through the handler exception
 * resolver, so that a refused key and a broken body have the same shape.
 */
@RestControllerAdvice
public class ProblemAdvice extends ResponseEntityExceptionHandler {

  private static final Logger log = LoggerFactory.getLogger(ProblemAdvice.class);

  private final SqlProblems sqlProblems;

  /**
   * @param constraints what violated constraints mean to callers
   */
  public ProblemAdvice(List<ConstraintProblem> constraints) {
    this.sqlProblems = new SqlProblems(constraints);
  }

  @ExceptionHandler
  ResponseEntity<Object> known(ProblemException failure) {
    HttpHeaders headers = new HttpHeaders();
    failure.headers().forEach(headers::set);
    return ProblemFactory.answer(failure, headers);
  }

  @ExceptionHandler
  ResponseEntity<Object> forbidden(AccessDeniedException failure) {
    return answer(ProblemType.FORBIDDEN, "Your role does not allow this.");
  }

  @ExceptionHandler
  ResponseEntity<Object> mismatch(MethodArgumentTypeMismatchException failure) {
    return known(
        new ProblemException(
            ProblemType.INVALID_PARAMETER,
            failure.getName() + " has the wrong type or format.",
            List.of(
                new FieldProblem(
                    failure.getName(), "invalid_type", "has the wrong type or format"))));
  }

  @ExceptionHandler
  ResponseEntity<Object> multipart(MultipartException failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof ProblemException problem) {
        return known(problem);
      }
    }
    return answer(ProblemType.INVALID_REQUEST, "The multipart body cannot be read.");
  }

  @ExceptionHandler
  ResponseEntity<Object> anything(Exception failure) {
    if (failure instanceof OptimisticLockingFailureException) {
      return answer(ProblemType.CONCURRENT_UPDATE, "Read it again and repeat the change.");
    }
    // What the web server finds wrong only when it is asked: the encoding of a query or a form.
    if (failure instanceof HttpException refused && refused.getCode() < 500) {
      return answer(
          ProblemType.of(HttpStatus.valueOf(refused.getCode())),
          "The query string or the body is not valid percent-encoded UTF-8.");
    }
    return sqlProblems
        .explain(failure)
        .or(() -> Optional.ofNullable(infrastructure(failure)))
        .map(problem -> logged(problem, failure))
        .map(this::known)
        .orElseGet(() -> unexpected(failure));
  }

  private static @Nullable ProblemException infrastructure(Exception failure) {
    boolean noConnection =
        failure instanceof CannotGetJdbcConnectionException
            || failure instanceof CannotCreateTransactionException
            || failure instanceof DataAccessResourceFailureException;
    if (noConnection) {
      return SqlProblems.unavailable();
    }
    if (failure instanceof ConcurrencyFailureException) {
      return new RetryLater("The rows are busy; nothing was stored.", Duration.ofSeconds(1));
    }
    return null;
  }

  // The caller is told little; whoever runs the service is told why.
  private static ProblemException logged(ProblemException problem, Exception failure) {
    if (problem instanceof RetryLater) {
      log.warn("{}: {}", problem.detail(), rootMessage(failure));
    }
    return problem;
  }

  private static String rootMessage(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage());
  }

  private static ResponseEntity<Object> unexpected(Exception failure) {
    log.error("Unexpected failure", failure);
    return answer(
        ProblemType.INTERNAL_ERROR, "This is a bug of the platform. Report it with the trace_id.");
  }

  @Override
  protected @Nullable ResponseEntity<Object> handleHttpMessageNotReadable(
      HttpMessageNotReadableException failure,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    return known(BodyProblems.explain(failure));
  }

  @Override
  protected @Nullable ResponseEntity<Object> handleMethodArgumentNotValid(
      MethodArgumentNotValidException failure,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    return known(ValidationProblems.explain(failure));
  }

  @Override
  protected @Nullable ResponseEntity<Object> handleHandlerMethodValidationException(
      HandlerMethodValidationException failure,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    return known(ValidationProblems.explain(failure));
  }

  @Override
  protected @Nullable ResponseEntity<Object> handleMaxUploadSizeExceededException(
      MaxUploadSizeExceededException failure,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    return answer(ProblemType.CONTENT_TOO_LARGE, "The upload is larger than the limit.");
  }

  // Everything else Spring MVC refuses by itself: 404, 405 with Allow, 406, 415 with Accept, …
  @Override
  protected @Nullable ResponseEntity<Object> handleExceptionInternal(
      Exception failure,
      @Nullable Object body,
      HttpHeaders headers,
      HttpStatusCode statusCode,
      WebRequest request) {
    HttpStatus status = HttpStatus.valueOf(statusCode.value());
    if (status.is5xxServerError()) {
      return anything(failure);
    }
    return ProblemFactory.answer(ProblemType.of(status), detailOf(status), List.of(), headers);
  }

  private static String detailOf(HttpStatus status) {
    return switch (status) {
      case NOT_FOUND -> "There is nothing at this address.";
      case METHOD_NOT_ALLOWED -> "This address does not take that method; see the Allow header.";
      case NOT_ACCEPTABLE -> "The Accept header leaves no representation that can be sent.";
      case UNSUPPORTED_MEDIA_TYPE -> "This address does not take that Content-Type.";
      default -> "The request is malformed.";
    };
  }

  private static ResponseEntity<Object> answer(ProblemType type, String detail) {
    return ProblemFactory.answer(type, detail, List.of(), new HttpHeaders());
  }
}
