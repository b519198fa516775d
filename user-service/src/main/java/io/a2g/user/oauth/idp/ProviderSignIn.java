package io.a2g.user.oauth.idp;

import io.a2g.common.error.RetryLater;
import io.a2g.user.oauth.IssuerProperties;
import io.a2g.user.oauth.idp.SignInAttempts.Attempt;
import io.a2g.user.oauth.signin.BrowserCookie;
import io.a2g.user.oauth.signin.CookieSecurityContextRepository;
import io.a2g.user.oauth.signin.Freshness;
import io.a2g.user.oauth.signin.SignInTarget;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.client.authentication.OAuth2LoginAuthenticationToken;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.web.DefaultOAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestCustomizers;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationExchange;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationResponse;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.security.oauth2.core.endpoint.PkceParameterNames;
import org.springframework.security.oauth2.core.oidc.endpoint.OidcParameterNames;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.stereotype.Service;

/**
 * Sends browsers to the provider (with state, nonce and PKCE) and takes them back. Spring Security
 * makes and checks the messages; what has to be remembered in between is in the database and not in
 * an HTTP session, so that any replica can finish what another began.
 */
@Service
public class ProviderSignIn {

  private static final Logger log = LoggerFactory.getLogger(ProviderSignIn.class);

  private final IdentityProvider provider;
  private final SignInAttempts attempts;
  private final FederatedIdentities identities;
  private final CookieSecurityContextRepository sessions;
  private final BrowserCookie cookie;

  ProviderSignIn(
      IdentityProvider provider,
      SignInAttempts attempts,
      FederatedIdentities identities,
      CookieSecurityContextRepository sessions,
      IssuerProperties issuer) {
    this.provider = provider;
    this.attempts = attempts;
    this.identities = identities;
    this.sessions = sessions;
    this.cookie = BrowserCookie.named("a2g_sign_in", issuer.isSecure());
  }

  /**
   * Begins an attempt.
   *
   * @return where the browser is to go
   * @throws IdentityProviderUnavailable when the provider cannot be asked
   */
  public URI begin(
      HttpServletRequest request, HttpServletResponse response, Optional<SignInTarget> target) {
    ClientRegistration registration = provider.known().registration();
    DefaultOAuth2AuthorizationRequestResolver resolver =
        new DefaultOAuth2AuthorizationRequestResolver(
            id -> id.equals(registration.getRegistrationId()) ? registration : null);
    Freshness freshness = target.map(SignInTarget::freshness).orElse(Freshness.ANY);
    resolver.setAuthorizationRequestCustomizer(
        OAuth2AuthorizationRequestCustomizers.withPkce()
            .andThen(
                message -> message.additionalParameters(also -> also.putAll(askFor(freshness)))));
    OAuth2AuthorizationRequest made =
        Objects.requireNonNull(resolver.resolve(request, registration.getRegistrationId()));
    Attempt attempt =
        new Attempt(
            Objects.requireNonNull(made.getState()),
            text(made.getAttribute(OidcParameterNames.NONCE)),
            text(made.getAttribute(PkceParameterNames.CODE_VERIFIER)),
            Objects.requireNonNull(made.getRedirectUri()),
            target.map(SignInTarget::location).orElse(null));
    cookie.write(response, attempts.begin(attempt), SignInAttempts.LIFE);
    return URI.create(made.getAuthorizationRequestUri());
  }

  // Or the provider might answer from a session that is as old as the one here.
  private static Map<String, Object> askFor(Freshness freshness) {
    Map<String, Object> parameters = new HashMap<>();
    if (freshness.again()) {
      parameters.put("prompt", "login");
    }
    if (freshness.maxAge() != null) {
      parameters.put("max_age", freshness.maxAge().toSeconds());
    }
    return parameters;
  }

  /** Finishes an attempt: signs the browser in, or sends it back to the page with a reason. */
  public SignInTarget finish(HttpServletRequest request, HttpServletResponse response) {
    Optional<Attempt> attempt = cookie.read(request).flatMap(attempts::take);
    cookie.clear(response);
    if (attempt.isEmpty()) {
      return failed("provider", null);
    }
    @Nullable String location = attempt.get().continueWith();
    try {
      Optional<Long> user = identities.signIn(ask(attempt.get(), request));
      if (user.isEmpty()) {
        return failed("provider", location);
      }
      sessions.signIn(request, response, user.get(), null);
      return SignInTarget.parse(location)
          .map(SignInTarget::answered)
          .orElse(new SignInTarget(SignInTarget.PAGE));
    } catch (RetryLater e) {
      log.warn("A new user of the identity provider was refused: {}", e.getMessage());
      return failed("full", location);
    } catch (OAuth2AuthenticationException e) {
      // The code alone: descriptions are the provider's or the browser's words.
      log.info(
          "A sign-in by the identity provider failed: {}", printable(e.getError().getErrorCode()));
      return failed("provider", location);
    } catch (IdentityProviderUnavailable | AuthenticationException e) {
      log.warn("The identity provider failed: {}", printable(String.valueOf(e.getMessage())));
      return failed("unavailable", location);
    }
  }

  /** The page with a reason, from where the user may try again. */
  public static SignInTarget failed(String problem, @Nullable String location) {
    String page =
        SignInTarget.parse(location).map(SignInTarget::page).orElse(SignInTarget.PAGE + "?");
    return new SignInTarget(page + (page.endsWith("?") ? "" : "&") + "problem=" + problem);
  }

  private OidcUser ask(Attempt attempt, HttpServletRequest request) {
    IdentityProvider.Known known = provider.known();
    Authentication answer =
        known
            .answers()
            .authenticate(
                new OAuth2LoginAuthenticationToken(
                    known.registration(),
                    new OAuth2AuthorizationExchange(
                        sent(attempt, known.registration()), received(attempt, request))));
    return (OidcUser) Objects.requireNonNull(Objects.requireNonNull(answer).getPrincipal());
  }

  private static OAuth2AuthorizationRequest sent(Attempt attempt, ClientRegistration registration) {
    return OAuth2AuthorizationRequest.authorizationCode()
        .authorizationUri(
            Objects.requireNonNull(registration.getProviderDetails().getAuthorizationUri()))
        .clientId(registration.getClientId())
        .redirectUri(attempt.redirectUri())
        .scopes(registration.getScopes())
        .state(attempt.state())
        .attributes(
            Map.of(
                OidcParameterNames.NONCE,
                attempt.nonce(),
                PkceParameterNames.CODE_VERIFIER,
                attempt.codeVerifier()))
        .build();
  }

  private static OAuth2AuthorizationResponse received(Attempt attempt, HttpServletRequest request) {
    @Nullable String code = request.getParameter(OAuth2ParameterNames.CODE);
    @Nullable String error = request.getParameter(OAuth2ParameterNames.ERROR);
    OAuth2AuthorizationResponse.Builder response =
        code == null || code.isBlank()
            ? OAuth2AuthorizationResponse.error(error == null ? "invalid_response" : error)
            : OAuth2AuthorizationResponse.success(code);
    return response
        .state(String.valueOf(request.getParameter(OAuth2ParameterNames.STATE)))
        .redirectUri(attempt.redirectUri())
        .build();
  }

  private static String text(@Nullable Object attribute) {
    return Objects.requireNonNull(attribute).toString();
  }

  private static String printable(String text) {
    String clean = text.replaceAll("[^\\x20-\\x7E]", "?");
    return clean.substring(0, Math.min(clean.length(), 200));
  }
}
