package io.a2g.user.oauth.idp;

import io.a2g.user.oauth.IssuerProperties;
import io.a2g.user.oauth.signin.SignInProviders;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
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
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;
import org.springframework.web.client.RestTemplate;

/**
 * The provider as its discovery document describes it. It is asked when the first user wants to
 * sign in, so that a start does not depend on it, and asked again after a failure.
 */
@Component
class IdentityProvider implements SignInProviders {

  static final String REGISTRATION = "idp";
  static final String CALLBACK = "/sign-in/idp/callback";

  private static final String DISCOVERY = "/.well-known/openid-configuration";
  private static final ParameterizedTypeReference<Map<String, Object>> JSON =
      new ParameterizedTypeReference<>() {};

  private final IdentityProviderProperties properties;
  private final URI callback;
  private volatile @Nullable Known known;

  IdentityProvider(IdentityProviderProperties properties, IssuerProperties issuer) {
    this.properties = properties;
    this.callback = issuer.issuer().resolve(CALLBACK);
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
   * The provider, asked for its addresses the first time.
   *
   * @throws IdentityProviderUnavailable when it does not answer or is another one
   */
  Known known() {
    Known before = known;
    if (before != null) {
      return before;
    }
    Known asked = ask();
    known = asked;
    return asked;
  }

  private Known ask() {
    JdkClientHttpRequestFactory http =
        new JdkClientHttpRequestFactory(
            HttpClient.newBuilder().connectTimeout(properties.connectTimeout()).build());
    http.setReadTimeout(properties.answerTimeout());
    RestClient json = RestClient.builder().requestFactory(http).build();
    ClientRegistration registration = register(discover(json));
    OidcAuthorizationCodeAuthenticationProvider answers =
        new OidcAuthorizationCodeAuthenticationProvider(
            tokenClient(http), request -> userOf(json, request));
    JwtDecoder decoder = decoder(http, registration);
    answers.setJwtDecoderFactory(of -> decoder);
    return new Known(registration, answers);
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
    ClientRegistration.Builder registration =
        ClientRegistrations.fromOidcConfiguration(discovered)
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
