package io.a2g.common.web;

import io.a2g.common.error.InvalidParameter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Refuses query parameters that an endpoint does not declare, and any that comes twice: ignored, a
 * misspelt filter would show everything, and of two values one would silently win.
 */
final class DeclaredParameters implements HandlerInterceptor {

  // As many as there are endpoints.
  private final Map<HandlerMethod, Set<String>> declared = new ConcurrentHashMap<>();

  @Override
  public boolean preHandle(
      HttpServletRequest request, HttpServletResponse response, Object handler) {
    String query = request.getQueryString();
    if (query != null && handler instanceof HandlerMethod method) {
      check(query, declared.computeIfAbsent(method, DeclaredParameters::of));
    }
    return true;
  }

  // The query itself, not the request's parameters: those of a form are among these.
  private static void check(String query, Set<String> known) {
    Set<String> seen = new HashSet<>();
    for (String part : query.split("&", -1)) {
      if (part.isEmpty()) {
        continue;
      }
      String name = decoded(part.split("=", 2)[0]);
      if (!known.contains(name)) {
        throw new InvalidParameter(
            name, "unknown_parameter", "is not a query parameter of this address");
      }
      if (!seen.add(name)) {
        throw new InvalidParameter(name, "repeated_parameter", "appears twice");
      }
    }
  }

  private static String decoded(String name) {
    try {
      return URLDecoder.decode(name, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return name;
    }
  }

  private static Set<String> of(HandlerMethod method) {
    return Arrays.stream(method.getMethodParameters())
        .flatMap(DeclaredParameters::names)
        .collect(Collectors.toSet());
  }

  private static Stream<String> names(MethodParameter parameter) {
    RequestParam single = parameter.getParameterAnnotation(RequestParam.class);
    if (single != null) {
      return Stream.of(single.name());
    }
    return parameter.hasParameterAnnotation(ParameterObject.class)
        ? Arrays.stream(parameter.getParameterType().getRecordComponents()).map(c -> c.getName())
        : Stream.empty();
  }
}
