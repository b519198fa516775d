package io.a2g.user.oauth.idp;

import io.a2g.user.oauth.IssuerProperties;
import io.a2g.user.oauth.signin.SignInProviders;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.http.converter.FormHttpMessageConverter;
import org.springframework.security.oauth2.client.endpoint.RestClientAuthorizationCodeTokenResponseClient;
import org.springframework.security.oauth2.client.http.OAuth2ErrorResponseErrorHandler;
import org.springframework.security.oauth2.client.oidc.authentication.OidcAuthorizationCodeAuthenticationProvider;
import org.springframework.security.oauth2.client.oidc.authentication.OidcIdTokenValidator;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserRequest;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrations;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.http.converter.OAuth2AccessTokenResponseHttpMessageConverter;
import org.springframework.security.oauth2.core.oidc.OidcUserInfo;
import org.springframework.security.oauth2.core.oidc.user.DefaultOidcUser;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.stereotype.Component;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;
import org.springframework.web.client.RestTemplate;

/**
 * The provider as its discovery document describes it. It is asked when the first user wants to
 * sign in, so that a start does not depend on it, and again each hour: providers move their
 * endpoints. While it cannot be asked, what it said last is used.
 */
@Component
class IdentityProvider implements SignInProviders {

  static final String REGISTRATION = "idp";
  static final String CALLBACK = "/sign-in/idp/callback";

  private static final Logger log = LoggerFactory.getLogger(IdentityProvider.class);

  private static final Duration REMEMBERED = Duration.ofHours(1);
  private static final Duration PAUSE = Duration.ofSeconds(5);
  private static final String DISCOVERY = "/.well-known/openid-configuration";
  private static final ParameterizedTypeReference<Map<String, Object>> JSON =
      new ParameterizedTypeReference<>() {};

  private final IdentityProviderProperties properties;
  private final URI callback;
  private final Clock clock;
  private final Supplier<JdkClientHttpRequestFactory> http;
  private @Nullable Known known;
  private @Nullable IdentityProviderUnavailable failure;
  private Instant askAgainAt = Instant.MIN;

  IdentityProvider(IdentityProviderProperties properties, IssuerProperties issuer, Clock clock) {
    this.properties = properties;
    this.callback = issuer.issuer().resolve(CALLBACK);
    this.clock = clock;
    this.http = SingletonSupplier.of(this::http);
  }

  @Override
  public Optional<String> name() {
    if (properties.issuer().isBlank()) {
      return Optional.empty();
    }
    return Optional.of(
        properties.name().isBlank()
            ? URI.create(properties.issuer()).getHost()
            : properties.name());
  }

  /** The provider as its discovery document describes it. */
  record Known(
      ClientRegistration registration, OidcAuthorizationCodeAuthenticationProvider answers) {}

  /**
   * The provider. One request at a time asks it, and after a failure none does for a moment, so
   * that many users do not wait for each other's time-outs.
   *
   * @throws IdentityProviderUnavailable when it does not answer or is another one, and never did
   *     otherwise
   */
  synchronized Known known() {
    Instant now = clock.instant();
    if (!now.isBefore(askAgainAt)) {
      try {
        known = ask();
        failure = null;
        askAgainAt = now.plus(REMEMBERED);
      } catch (IdentityProviderUnavailable e) {
        if (known != null) {
          log.warn("Going on with what the identity provider said before: {}", e.getMessage());
        }
        failure = e;
        askAgainAt = clock.instant().plus(PAUSE);
      }
    }
    if (known == null) {
      throw Objects.requireNonNull(failure);
    }
    return known;
  }

  private Known ask() {
    RestClient json = RestClient.builder().requestFactory(http.get()).build();
    ClientRegistration registration = register(discover(json));
    OidcAuthorizationCodeAuthenticationProvider answers =
        new OidcAuthorizationCodeAuthenticationProvider(
            tokenClient(http.get()), request -> userOf(json, request));
    JwtDecoder decoder = decoder(http.get(), registration);
    answers.setJwtDecoderFactory(of -> decoder);
    return new Known(registration, answers);
  }

  // One for the life of the service: each has threads and connections of its own.
  private JdkClientHttpRequestFactory http() {
    JdkClientHttpRequestFactory made =
        new JdkClientHttpRequestFactory(
            HttpClient.newBuilder().connectTimeout(properties.connectTimeout()).build());
    made.setReadTimeout(properties.answerTimeout());
    return made;
  }

  private Map<String, Object> discover(RestClient http) {
    try {
      Map<String, Object> found =
          http.get().uri(withoutSlash(properties.issuer()) + DISCOVERY).retrieve().body(JSON);
      if (found == null || !properties.issuer().equals(found.get("issuer"))) {
        throw new IdentityProviderUnavailable(
            properties.issuer() + " answers with the metadata of another issuer");
      }
      return found;
    } catch (RestClientException e) {
      throw new IdentityProviderUnavailable(properties.issuer() + " cannot be reached", e);
    }
  }

  private ClientRegistration register(Map<String, Object> discovered) {
    String secret = properties.clientSecret();
    ClientRegistration.Builder registration;
    try {
      registration = ClientRegistrations.fromOidcConfiguration(discovered);
    } catch (RuntimeException e) {
      throw new IdentityProviderUnavailable(
          properties.issuer() + " answers with metadata that make no provider", e);
    }
    registration
        .registrationId(REGISTRATION)
        .clientId(properties.clientId())
        .clientSecret(secret)
        .scope(properties.scopes())
        .redirectUri(callback.toString());
    if (secret.isEmpty()) {
      registration.clientAuthenticationMethod(ClientAuthenticationMethod.NONE);
    }
    return registration.build();
  }

  private static RestClientAuthorizationCodeTokenResponseClient tokenClient(
      JdkClientHttpRequestFactory http) {
    RestClientAuthorizationCodeTokenResponseClient client =
        new RestClientAuthorizationCodeTokenResponseClient();
    client.setRestClient(
        RestClient.builder()
            .requestFactory(http)
            .configureMessageConverters(converters -> {
              converters.addCustomConverter(new FormHttpMessageConverter());
              converters.addCustomConverter(new OAuth2AccessTokenResponseHttpMessageConverter());
            })
            .defaultStatusHandler(new OAuth2ErrorResponseErrorHandler())
            .build());
    return client;
  }

  private static JwtDecoder decoder(
      JdkClientHttpRequestFactory http, ClientRegistration registration) {
    NimbusJwtDecoder decoder =
        NimbusJwtDecoder.withJwkSetUri(
                Objects.requireNonNull(registration.getProviderDetails().getJwkSetUri()))
            .restOperations(new RestTemplate(http))
            .jwsAlgorithm(SignatureAlgorithm.RS256)
            .jwsAlgorithm(SignatureAlgorithm.PS256)
            .jwsAlgorithm(SignatureAlgorithm.ES256)
            .build();
    decoder.setJwtValidator(
        new DelegatingOAuth2TokenValidator<>(
            new JwtTimestampValidator(), new OidcIdTokenValidator(registration)));
    return decoder;
  }

  // Many providers put name and address into their userinfo answer alone.
  private static OidcUser userOf(RestClient http, OidcUserRequest request) {
    String uri =
        request.getClientRegistration().getProviderDetails().getUserInfoEndpoint().getUri();
    if (uri == null || uri.isEmpty()) {
      return new DefaultOidcUser(List.of(), request.getIdToken());
    }
    Map<String, Object> claims;
    try {
      claims =
          http.get()
              .uri(uri)
              .headers(headers -> headers.setBearerAuth(request.getAccessToken().getTokenValue()))
              .retrieve()
              .body(JSON);
    } catch (RestClientException e) {
      throw new IdentityProviderUnavailable("the userinfo endpoint does not answer", e);
    }
    if (claims == null || !Objects.equals(request.getIdToken().getSubject(), claims.get("sub"))) {
      throw new OAuth2AuthenticationException("invalid_user_info_response");
    }
    return new DefaultOidcUser(List.of(), request.getIdToken(), new OidcUserInfo(claims));
  }

  private static String withoutSlash(String issuer) {
    return issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
  }
}
