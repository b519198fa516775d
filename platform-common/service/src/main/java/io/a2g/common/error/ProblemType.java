package io.a2g.common.error;

import org.springframework.http.HttpStatus;

/**
 * A kind of failure as clients see it (RFC 9457).
 *
 * @param code stable identifier in snake_case; clients switch on it, so it never changes meaning
 * @param status HTTP status of the answer
 * @param title short, constant summary for people
 */
public record ProblemType(String code, HttpStatus status, String title) {

  public static final ProblemType MALFORMED_JSON =
      new ProblemType("malformed_json", HttpStatus.BAD_REQUEST, "The body is not valid JSON");
  public static final ProblemType INVALID_BODY =
      new ProblemType("invalid_body", HttpStatus.BAD_REQUEST, "The body does not fit");
  public static final ProblemType INVALID_PARAMETER =
      new ProblemType("invalid_parameter", HttpStatus.BAD_REQUEST, "A parameter does not fit");
  public static final ProblemType INVALID_CURSOR =
      new ProblemType("invalid_cursor", HttpStatus.BAD_REQUEST, "The cursor is not of this list");
  public static final ProblemType INVALID_REQUEST =
      new ProblemType("invalid_request", HttpStatus.BAD_REQUEST, "The request is malformed");
  public static final ProblemType VALIDATION_FAILED =
      new ProblemType(
          "validation_failed", HttpStatus.UNPROCESSABLE_CONTENT, "The request breaks a rule");
  public static final ProblemType REFERENCE_NOT_FOUND =
      new ProblemType(
          "reference_not_found",
          HttpStatus.UNPROCESSABLE_CONTENT,
          "The request refers to something that does not exist");
  public static final ProblemType IDEMPOTENCY_KEY_REUSED =
      new ProblemType(
          "idempotency_key_reused",
          HttpStatus.UNPROCESSABLE_CONTENT,
          "The idempotency key was used for another request");
  public static final ProblemType IDEMPOTENCY_CONFLICT =
      new ProblemType(
          "idempotency_conflict",
          HttpStatus.CONFLICT,
          "The first request with this idempotency key cannot be answered again now");
  public static final ProblemType UNAUTHENTICATED =
      new ProblemType("unauthenticated", HttpStatus.UNAUTHORIZED, "No valid credential");
  public static final ProblemType INSUFFICIENT_SCOPE =
      new ProblemType(
          "insufficient_scope", HttpStatus.FORBIDDEN, "The credential may not be used for this");
  public static final ProblemType FORBIDDEN =
      new ProblemType("forbidden", HttpStatus.FORBIDDEN, "Not allowed");
  public static final ProblemType NOT_FOUND =
      new ProblemType("not_found", HttpStatus.NOT_FOUND, "Not found");
  public static final ProblemType CONFLICT =
      new ProblemType("conflict", HttpStatus.CONFLICT, "The request conflicts with what is stored");
  public static final ProblemType STILL_REFERENCED =
      new ProblemType("still_referenced", HttpStatus.CONFLICT, "Something else still needs it");
  public static final ProblemType ALREADY_EXISTS =
      new ProblemType("already_exists", HttpStatus.CONFLICT, "It exists already");
  public static final ProblemType CONCURRENT_UPDATE =
      new ProblemType(
          "concurrent_update", HttpStatus.CONFLICT, "Somebody else changed it at the same time");
  public static final ProblemType PRECONDITION_FAILED =
      new ProblemType(
          "precondition_failed",
          HttpStatus.PRECONDITION_FAILED,
          "It has changed since it was read");
  public static final ProblemType CONTENT_TOO_LARGE =
      new ProblemType("content_too_large", HttpStatus.CONTENT_TOO_LARGE, "The body is too large");
  public static final ProblemType UNSUPPORTED_MEDIA_TYPE =
      new ProblemType(
          "unsupported_media_type", HttpStatus.UNSUPPORTED_MEDIA_TYPE, "Unsupported media type");
  public static final ProblemType REQUEST_TIMEOUT =
      new ProblemType("request_timeout", HttpStatus.REQUEST_TIMEOUT, "The body came too slowly");
  public static final ProblemType RATE_LIMITED =
      new ProblemType("rate_limited", HttpStatus.TOO_MANY_REQUESTS, "Too many requests");
  public static final ProblemType UNAVAILABLE =
      new ProblemType("unavailable", HttpStatus.SERVICE_UNAVAILABLE, "Try again shortly");
  public static final ProblemType INTERNAL_ERROR =
      new ProblemType("internal_error", HttpStatus.INTERNAL_SERVER_ERROR, "Internal error");

  /** The type for a status that has none of its own, e.g. {@code method_not_allowed} for 405. */
  public static ProblemType of(HttpStatus status) {
    return switch (status) {
      case BAD_REQUEST -> INVALID_REQUEST;
      case UNAUTHORIZED -> UNAUTHENTICATED;
      case FORBIDDEN -> FORBIDDEN;
      case NOT_FOUND -> NOT_FOUND;
      case CONFLICT -> CONFLICT;
      case CONTENT_TOO_LARGE -> CONTENT_TOO_LARGE;
      case UNSUPPORTED_MEDIA_TYPE -> UNSUPPORTED_MEDIA_TYPE;
      case REQUEST_TIMEOUT -> REQUEST_TIMEOUT;
      case TOO_MANY_REQUESTS -> RATE_LIMITED;
      case SERVICE_UNAVAILABLE -> UNAVAILABLE;
      case INTERNAL_SERVER_ERROR -> INTERNAL_ERROR;
      default ->
          new ProblemType(
              status.name().toLowerCase(java.util.Locale.ROOT), status, status.getReasonPhrase());
    };
  }

  /** The RFC 9457 {@code type} member. */
  public String uri() {
    return "urn:a2g:problem:" + code.replace('_', '-');
  }
}
