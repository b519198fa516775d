package io.a2g.user.scim.web;

import io.a2g.common.error.ProblemType;
import io.a2g.user.scim.ScimProblem;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyAdvice;

/**
 * Gives every problem below {@code /scim} SCIM's shape (RFC 7644 §3.12), wherever it comes from:
 * controllers, filters and the error page all answer with the platform's own problem first.
 */
@ControllerAdvice
class ScimErrors implements ResponseBodyAdvice<Object> {

  private static final String SCHEMA = "urn:ietf:params:scim:api:messages:2.0:Error";

  @Override
  public boolean supports(
      MethodParameter returnType, Class<? extends HttpMessageConverter<?>> converter) {
    return true;
  }

  @Override
  public @Nullable Object beforeBodyWrite(
      @Nullable Object body,
      MethodParameter returnType,
      MediaType contentType,
      Class<? extends HttpMessageConverter<?>> converter,
      ServerHttpRequest request,
      ServerHttpResponse response) {
    if (!(body instanceof ProblemDetail problem) || !isScim(request)) {
      return body;
    }
    int status = problem.getStatus();
    if (status == HttpStatus.UNPROCESSABLE_CONTENT.value()) {
      // SCIM knows one status for every bad value.
      status = HttpStatus.BAD_REQUEST.value();
      response.setStatusCode(HttpStatus.BAD_REQUEST);
    }
    response.getHeaders().setContentType(ScimResponses.TYPE);
    return error(status, scimType(problem), String.valueOf(problem.getDetail()));
  }

  /**
   * The body of an error.
   *
   * @param scimType null: there is none for it
   */
  static Map<String, Object> error(int status, @Nullable String scimType, String detail) {
    Map<String, Object> error = new LinkedHashMap<>();
    error.put("schemas", List.of(SCHEMA));
    error.put("status", Integer.toString(status));
    if (scimType != null) {
      error.put("scimType", scimType);
    }
    error.put("detail", detail);
    return error;
  }

  private static @Nullable String scimType(ProblemDetail problem) {
    Map<String, Object> properties =
        problem.getProperties() == null ? Map.of() : problem.getProperties();
    if (properties.get(ScimProblem.SCIM_TYPE) instanceof String known) {
      return known;
    }
    Object code = properties.get("code");
    if (ProblemType.ALREADY_EXISTS.code().equals(code)) {
      return "uniqueness";
    }
    if (ProblemType.MALFORMED_JSON.code().equals(code)
        || ProblemType.INVALID_BODY.code().equals(code)) {
      return "invalidSyntax";
    }
    boolean badValue =
        ProblemType.VALIDATION_FAILED.code().equals(code)
            || ProblemType.INVALID_PARAMETER.code().equals(code);
    return badValue ? "invalidValue" : null;
  }

  private static boolean isScim(ServerHttpRequest request) {
    if (!(request instanceof ServletServerHttpRequest servlet)) {
      return false;
    }
    HttpServletRequest original = servlet.getServletRequest();
    Object forwarded = original.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
    String path = forwarded instanceof String uri ? uri : original.getRequestURI();
    return path.startsWith(original.getContextPath() + "/scim/");
  }
}
