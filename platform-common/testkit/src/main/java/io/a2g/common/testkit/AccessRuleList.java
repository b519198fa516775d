package io.a2g.common.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.Filter;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.context.ApplicationContext;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.authorization.SingleResultAuthorizationManager;
import org.springframework.security.web.FilterChainProxy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.access.intercept.RequestMatcherDelegatingAuthorizationManager;
import org.springframework.security.web.util.matcher.AnyRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcherEntry;
import org.springframework.util.ReflectionUtils;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;

/**
 * Keeps {@code docs/api/access/<service>.txt} equal to who may call what: each endpoint with the
 * rule of the security chain that decides about it, and what its method asks besides.
 */
public final class AccessRuleList {

  /** What stands where nothing but the catch-all of a chain would decide. */
  public static final String NO_RULE = "NO RULE";

  private static final Pattern AUTHORITIES =
      Pattern.compile("AuthorityAuthorizationManager\\[authorities=\\[(.*)]]");

  private final FilterChainProxy security;
  private final Map<String, RequestMappingInfoHandlerMapping> mappings;

  /** The rules of a running service. */
  public AccessRuleList(ApplicationContext service) {
    this.security = service.getBean(FilterChainProxy.class);
    this.mappings = service.getBeansOfType(RequestMappingInfoHandlerMapping.class);
  }

  /**
   * Fails when an endpoint has no rule, and when the checked-in list differs; writes the list
   * instead when the system property {@code access.write} is true.
   */
  public void verify(String service) throws IOException {
    List<String> lines = lines();
    assertThat(lines)
        .as("every endpoint needs a requestMatcher or @PreAuthorize")
        .isNotEmpty()
        .noneMatch(line -> line.contains(NO_RULE));
    Path file = Path.of("..", "docs", "api", "access", service + ".txt");
    if (Boolean.getBoolean("access.write")) {
      Files.createDirectories(file.getParent());
      Files.write(file, lines);
    }
    assertThat(file).exists();
    assertThat(lines)
        .as("docs/api/access/%s.txt is out of date: run scripts/write-openapi.sh", service)
        .isEqualTo(Files.readAllLines(file));
  }

  /** One line for each endpoint: method, path, rule; sorted by path. */
  public List<String> lines() {
    return mappings.values().stream()
        .flatMap(mapping -> mapping.getHandlerMethods().entrySet().stream())
        .flatMap(entry ->
            entry.getKey().getPatternValues().stream()
                .flatMap(path ->
                    methods(entry.getKey().getMethodsCondition().getMethods())
                        .map(method -> line(method, path, entry.getValue()))))
        .distinct()
        .sorted()
        .toList();
  }

  private static Stream<String> methods(java.util.Set<?> methods) {
    return methods.isEmpty() ? Stream.of("any") : methods.stream().map(Object::toString);
  }

  private String line(String method, String path, HandlerMethod handler) {
    String own = ownRule(handler);
    String chain = chainRule(method, path);
    String rule = own.isEmpty() ? chain : (chain.equals(NO_RULE) ? "" : chain + "; ") + own;
    return "%s  %s  %s".formatted(path, method, rule);
  }

  // Meta-annotations included, so a rule under a name of its own counts.
  private static String ownRule(HandlerMethod handler) {
    PreAuthorize rule =
        AnnotatedElementUtils.findMergedAnnotation(handler.getMethod(), PreAuthorize.class);
    if (rule == null) {
      rule = AnnotatedElementUtils.findMergedAnnotation(handler.getBeanType(), PreAuthorize.class);
    }
    return rule == null ? "" : "method: " + rule.value();
  }

  private String chainRule(String method, String path) {
    String example = example(path);
    var request = new MockHttpServletRequest(method.equals("any") ? "GET" : method, example);
    request.setServletPath(example);
    for (SecurityFilterChain chain : security.getFilterChains()) {
      if (chain.matches(request)) {
        return rule(chain, request);
      }
    }
    return NO_RULE;
  }

  private static String example(String path) {
    return path.replaceAll("\\{[^/]+}", "1").replace("**", "1").replace("*", "1");
  }

  private static String rule(SecurityFilterChain chain, MockHttpServletRequest request) {
    for (Filter filter : chain.getFilters()) {
      if (filter.getClass().getSimpleName().equals("ServiceAccessFilter")) {
        return "services of the platform";
      }
      if (filter instanceof AuthorizationFilter authorization) {
        return rule(authorization.getAuthorizationManager(), request);
      }
    }
    return NO_RULE;
  }

  private static String rule(AuthorizationManager<?> manager, MockHttpServletRequest request) {
    if (manager instanceof RequestMatcherDelegatingAuthorizationManager delegating) {
      for (RequestMatcherEntry<?> entry : entries(delegating)) {
        if (entry.getRequestMatcher().matches(request)) {
          return entry.getRequestMatcher() instanceof AnyRequestMatcher
              ? NO_RULE
              : text(entry.getEntry());
        }
      }
    }
    return NO_RULE;
  }

  // It always decides the same way, so nothing of a request is needed.
  @SuppressWarnings("NullAway")
  private static String text(Object manager) {
    if (manager instanceof SingleResultAuthorizationManager<?> always) {
      return always.authorize(() -> null, null).isGranted() ? "everybody" : "nobody";
    }
    Matcher authorities = AUTHORITIES.matcher(manager.toString());
    if (authorities.matches()) {
      // They come from a set, in another order in each JVM.
      return Arrays.stream(authorities.group(1).split(", ", -1))
          .sorted()
          .collect(Collectors.joining(", "));
    }
    // A lambda's name differs from run to run; whose it is does not.
    return manager
        .toString()
        .replaceFirst("(\\$\\$Lambda.*|@[0-9a-f]+)$", "")
        .replaceFirst("^([a-z0-9]+\\.)+", "");
  }

  @SuppressWarnings("unchecked")
  private static List<RequestMatcherEntry<?>> entries(
      RequestMatcherDelegatingAuthorizationManager manager) {
    // Where Spring Security keeps the rules.
    Field field =
        Objects.requireNonNull(
            ReflectionUtils.findField(
                RequestMatcherDelegatingAuthorizationManager.class, "mappings"));
    ReflectionUtils.makeAccessible(field);
    return (List<RequestMatcherEntry<?>>)
        Objects.requireNonNull(ReflectionUtils.getField(field, manager));
  }
}
