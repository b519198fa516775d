package io.a2g.user.oauth.signin;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriUtils;

/**
 * Where a browser goes on after signing in: the authorization request that made it sign in, and
 * nothing else, so that the page is no open redirect.
 *
 * @param location path and query on this server
 */
public record SignInTarget(String location) {

  /** The sign-in page. */
  public static final String PAGE = "/sign-in";

  /** The query parameter and form field with the location. */
  public static final String PARAMETER = "continue";

  private static final String PROMPT = "prompt";
  private static final String MAX_AGE = "max_age";
  private static final String AUTHORIZATION = "/oauth2/authorize?";
  private static final int MAX_LENGTH = 4000;

  /** Empty when the text is missing or anything but an authorization request of this server. */
  public static Optional<SignInTarget> parse(@Nullable String text) {
    return text != null
            && text.startsWith(AUTHORIZATION)
            && text.length() <= MAX_LENGTH
            && isUri(text)
        ? Optional.of(new SignInTarget(text))
        : Optional.empty();
  }

  private static boolean isUri(String text) {
    try {
      return new URI(text).getRawAuthority() == null && text.chars().allMatch(c -> c < 0x7f);
    } catch (URISyntaxException e) {
      return false;
    }
  }

  /** The request itself, when it is one; a form becomes the query that says the same. */
  public static Optional<SignInTarget> of(HttpServletRequest request) {
    return parse(request.getRequestURI() + "?" + query(request));
  }

  private static @Nullable String query(HttpServletRequest request) {
    if (!request.getMethod().equals("POST") || request.getParameter("response_type") == null) {
      return request.getQueryString();
    }
    return request.getParameterMap().entrySet().stream()
        .flatMap(field ->
            Arrays.stream(field.getValue())
                .map(value -> encode(field.getKey()) + "=" + encode(value)))
        .collect(Collectors.joining("&"));
  }

  /** How recent a sign-in the request asks for. */
  public Freshness freshness() {
    return Freshness.of(parameter(PROMPT), parameter(MAX_AGE));
  }

  /** The same request once the user has signed in for it: it asks for that no more. */
  public SignInTarget answered() {
    return new SignInTarget(
        parameters()
            .filter(pair -> !name(pair).equals(MAX_AGE))
            .map(pair -> name(pair).equals(PROMPT) ? withoutSignIn(value(pair)) : pair)
            .filter(pair -> !pair.isEmpty())
            .collect(Collectors.joining("&", AUTHORIZATION, "")));
  }

  private static String withoutSignIn(String prompt) {
    if (!Freshness.of(prompt, null).again()) {
      return PROMPT + "=" + encode(prompt);
    }
    return prompt.contains("consent") ? PROMPT + "=consent" : "";
  }

  private @Nullable String parameter(String name) {
    return parameters()
        .filter(pair -> name(pair).equals(name))
        .map(SignInTarget::value)
        .findFirst()
        .orElse(null);
  }

  private Stream<String> parameters() {
    return Arrays.stream(location.substring(location.indexOf('?') + 1).split("&"));
  }

  private static String name(String pair) {
    return decode(pair.split("=", 2)[0]);
  }

  private static String value(String pair) {
    return pair.contains("=") ? decode(pair.split("=", 2)[1]) : "";
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  private static String encode(String text) {
    return UriUtils.encode(text, StandardCharsets.UTF_8);
  }

  /** The sign-in page that goes on here. */
  public String page() {
    return PAGE + "?" + PARAMETER + "=" + encode(location);
  }
}
