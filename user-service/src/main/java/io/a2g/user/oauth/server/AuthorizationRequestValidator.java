package io.a2g.user.oauth.server;

import io.a2g.user.oauth.SignedInUser;
import io.a2g.user.oauth.grant.IssuedTokens;
import io.a2g.user.oauth.signin.Freshness;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.security.oauth2.core.endpoint.PkceParameterNames;
import org.springframework.security.oauth2.core.oidc.OidcScopes;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationContext;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationException;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationToken;
import org.springframework.util.StringUtils;

/**
 * Checks what Spring leaves unread in an authorization request whose client and redirect URI are
 * right: nothing that the client asks for is passed over in silence. The client is told of errors.
 */
class AuthorizationRequestValidator
    implements Consumer<OAuth2AuthorizationCodeRequestAuthenticationContext> {

  /** The values of {@code prompt} that are understood. */
  static final List<String> PROMPTS = List.of("none", "login", "consent", "select_account");

  /** The one way in which answers are sent. */
  static final String RESPONSE_MODE = "query";

  private static final String PROMPT = "prompt";
  private static final String MAX_AGE = "max_age";
  private static final String ID_TOKEN_HINT = "id_token_hint";
  private static final String LOGIN_REQUIRED = "login_required";

  private static final Map<String, String> UNSUPPORTED =
      Map.of("request", "request_not_supported", "registration", "registration_not_supported");
  // The only method is S256, so it is a SHA-256 in base64url.
  private static final Pattern CODE_CHALLENGE = Pattern.compile("[A-Za-z0-9_-]{43}");
  private static final Pattern CONTROL_CHARACTER = Pattern.compile("\\p{Cntrl}");

  private final IssuedTokens tokens;

  AuthorizationRequestValidator(IssuedTokens tokens) {
    this.tokens = tokens;
  }

  /** Refuses a request that is somewhere else, of which nothing could be checked here. */
  static @Nullable Authentication refuseRequestUri(HttpServletRequest request) {
    String name = OAuth2ParameterNames.REQUEST_URI;
    if (StringUtils.hasText(request.getParameter(name))) {
      throw new OAuth2AuthorizationCodeRequestAuthenticationException(
          new OAuth2Error("request_uri_not_supported", Refusals.PARAMETER + name, null), null);
    }
    return null;
  }

  @Override
  public void accept(OAuth2AuthorizationCodeRequestAuthenticationContext context) {
    OAuth2AuthorizationCodeRequestAuthenticationToken request = context.getAuthentication();
    request
        .getAdditionalParameters()
        .forEach((name, value) -> {
          require(value instanceof String, name, context);
          require(!hasControlCharacter((String) value), name, context);
          if (UNSUPPORTED.containsKey(name)) {
            throw refused(UNSUPPORTED.get(name), name, context);
          }
        });
    require(!hasControlCharacter(request.getState()), OAuth2ParameterNames.STATE, context);
    String mode = parameter(request, "response_mode");
    require(mode == null || mode.equals(RESPONSE_MODE), "response_mode", context);
    String challenge = parameter(request, PkceParameterNames.CODE_CHALLENGE);
    require(
        challenge == null || CODE_CHALLENGE.matcher(challenge).matches(),
        PkceParameterNames.CODE_CHALLENGE,
        context);
    requireSignIn(context);
  }

  private void requireSignIn(OAuth2AuthorizationCodeRequestAuthenticationContext context) {
    OAuth2AuthorizationCodeRequestAuthenticationToken request = context.getAuthentication();
    Set<String> prompts = prompts(request);
    require(PROMPTS.containsAll(prompts), PROMPT, context);
    require(!prompts.contains("none") || prompts.size() == 1, PROMPT, context);
    String maxAge = parameter(request, MAX_AGE);
    require(maxAge == null || Freshness.isMaxAge(maxAge), MAX_AGE, context);
    String hint = parameter(request, ID_TOKEN_HINT);
    String hinted = hint == null ? null : tokens.subjectOfIdToken(hint).orElse(null);
    require(hint == null || hinted != null, ID_TOKEN_HINT, context);

    Object principal = ((Authentication) request.getPrincipal()).getPrincipal();
    SignedInUser user = principal instanceof SignedInUser signedIn ? signedIn : null;
    Freshness freshness = Freshness.of(parameter(request, PROMPT), maxAge);
    if (user == null || !freshness.allows(user.signedInAt())) {
      if (prompts.contains("none")) {
        throw refused(LOGIN_REQUIRED, PROMPT, context);
      }
      // For this request the browser counts as signed out, so it is sent to the sign-in page.
      SecurityContextHolder.clearContext();
    } else if (hinted != null && !hinted.equals(user.getName())) {
      throw refused(LOGIN_REQUIRED, ID_TOKEN_HINT, context);
    }
  }

  /** True when the user is asked whether the client may have what this request asks for. */
  static boolean isConsentRequired(OAuth2AuthorizationCodeRequestAuthenticationContext context) {
    OAuth2AuthorizationCodeRequestAuthenticationToken request = context.getAuthentication();
    Set<String> scopes = request.getScopes();
    if (scopes.equals(Set.of(OidcScopes.OPENID))) {
      return false;
    }
    if (prompts(request).contains("consent")) {
      return true;
    }
    var given = context.getAuthorizationConsent();
    return context.getRegisteredClient().getClientSettings().isRequireAuthorizationConsent()
        && (given == null || !given.getScopes().containsAll(scopes));
  }

  private static Set<String> prompts(OAuth2AuthorizationCodeRequestAuthenticationToken request) {
    String prompt = parameter(request, PROMPT);
    return prompt == null ? Set.of() : Set.copyOf(Arrays.asList(prompt.split(" ")));
  }

  // Without a value it counts as absent (RFC 6749, section 3.1).
  private static @Nullable String parameter(
      OAuth2AuthorizationCodeRequestAuthenticationToken request, String name) {
    Object value = request.getAdditionalParameters().get(name);
    return value instanceof String text && !text.isEmpty() ? text : null;
  }

  private static boolean hasControlCharacter(@Nullable String text) {
    return text != null && CONTROL_CHARACTER.matcher(text).find();
  }

  private static void require(
      boolean met, String parameter, OAuth2AuthorizationCodeRequestAuthenticationContext context) {
    if (!met) {
      throw refused(OAuth2ErrorCodes.INVALID_REQUEST, parameter, context);
    }
  }

  private static OAuth2AuthorizationCodeRequestAuthenticationException refused(
      @Nullable String code,
      String parameter,
      OAuth2AuthorizationCodeRequestAuthenticationContext context) {
    OAuth2AuthorizationCodeRequestAuthenticationToken request = context.getAuthentication();
    String redirectUri = request.getRedirectUri();
    return new OAuth2AuthorizationCodeRequestAuthenticationException(
        new OAuth2Error(Objects.requireNonNull(code), Refusals.PARAMETER + parameter, null),
        new OAuth2AuthorizationCodeRequestAuthenticationToken(
            request.getAuthorizationUri(),
            request.getClientId(),
            (Authentication) request.getPrincipal(),
            redirectUri == null || redirectUri.isEmpty()
                ? context.getRegisteredClient().getRedirectUris().iterator().next()
                : redirectUri,
            request.getState(),
            request.getScopes(),
            request.getAdditionalParameters()));
  }
}
