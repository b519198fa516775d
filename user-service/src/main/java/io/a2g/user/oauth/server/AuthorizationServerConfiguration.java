package io.a2g.user.oauth.server;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import io.a2g.common.secret.UnreadableSecret;
import io.a2g.user.oauth.IssuerProperties;
import io.a2g.user.oauth.grant.GrantStore;
import io.a2g.user.oauth.grant.IssuedTokens;
import io.a2g.user.oauth.grant.RefreshTokenGenerator;
import io.a2g.user.oauth.grant.TokenClaims;
import io.a2g.user.oauth.key.PublishedKeys;
import io.a2g.user.oauth.key.SigningKeys;
import io.a2g.user.oauth.signin.CookieSecurityContextRepository;
import io.a2g.user.oauth.signin.RefusalPage;
import io.a2g.user.oauth.signin.SignInTarget;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.ObjectPostProcessor;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.oauth2.server.authorization.OAuth2AuthorizationEndpointConfigurer;
import org.springframework.security.config.annotation.web.configurers.oauth2.server.authorization.OAuth2AuthorizationServerConfigurer;
import org.springframework.security.config.annotation.web.configurers.oauth2.server.authorization.OAuth2ClientAuthenticationConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.oauth2.core.oidc.OidcUserInfo;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtEncodingException;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationProvider;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationValidator;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.oidc.authentication.OidcUserInfoAuthenticationContext;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.oauth2.server.authorization.token.DelegatingOAuth2TokenGenerator;
import org.springframework.security.oauth2.server.authorization.token.JwtGenerator;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenGenerator;
import org.springframework.security.oauth2.server.authorization.web.OAuth2AuthorizationEndpointFilter;
import org.springframework.security.oauth2.server.authorization.web.authentication.JwtClientAssertionAuthenticationConverter;
import org.springframework.security.oauth2.server.authorization.web.authentication.OAuth2DeviceCodeAuthenticationConverter;
import org.springframework.security.oauth2.server.authorization.web.authentication.OAuth2TokenExchangeAuthenticationConverter;
import org.springframework.security.oauth2.server.authorization.web.authentication.X509ClientCertificateAuthenticationConverter;
import org.springframework.security.oauth2.server.resource.web.BearerTokenAuthenticationEntryPoint;
import org.springframework.security.oauth2.server.resource.web.DefaultBearerTokenResolver;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.AuthenticationConverter;
import org.springframework.security.web.authentication.session.NullAuthenticatedSessionStrategy;
import org.springframework.security.web.context.SecurityContextHolderFilter;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;

/**
 * The OAuth endpoints, in a filter chain of their own before the one for the API. No HTTP session
 * is ever made: who a browser is signed in as stands in the database.
 */
@Configuration(proxyBeanMethods = false)
class AuthorizationServerConfiguration {

  private static final int BEFORE_THE_API = 10;
  private static final String AUTHORIZE = "/oauth2/authorize";
  private static final RequestMatcher USER_INFO = path("/userinfo");

  @Bean
  AuthorizationServerSettings authorizationServerSettings(IssuerProperties issuer) {
    return AuthorizationServerSettings.builder().issuer(issuer.issuer().toString()).build();
  }

  /** The keys of the JWKS endpoint. */
  @Bean
  JWKSource<SecurityContext> jwkSource(PublishedKeys keys) {
    return (selector, context) -> selector.select(new JWKSet(keys.get()));
  }

  @Bean
  OAuth2TokenGenerator<?> tokenGenerator(SigningKeys keys, TokenClaims claims, Clock clock) {
    JWKSource<SecurityContext> signing =
        (selector, context) -> selector.select(new JWKSet(keys.signing()));
    JwtGenerator jwts = new JwtGenerator(new NimbusJwtEncoder(signing));
    jwts.setJwtCustomizer(claims);
    return new DelegatingOAuth2TokenGenerator(
        context -> signed(jwts, context), new RefreshTokenGenerator(clock));
  }

  // Without a token the endpoint answers server_error; the audit and the log say why.
  private static @Nullable Jwt signed(JwtGenerator jwts, OAuth2TokenContext context) {
    try {
      return jwts.generate(context);
    } catch (JwtEncodingException e) {
      if (e.getCause() instanceof UnreadableSecret) {
        return null;
      }
      throw e;
    }
  }

  @Bean
  @Order(BEFORE_THE_API)
  SecurityFilterChain authorizationServerFilterChain(
      HttpSecurity http,
      RegisteredClientRepository clients,
      OAuth2TokenGenerator<?> tokenGenerator,
      GrantStore grants,
      IssuedTokens tokens,
      TokenClaims claims,
      RefusalPage page,
      CookieSecurityContextRepository sessions) {
    OAuth2AuthorizationServerConfigurer server = new OAuth2AuthorizationServerConfigurer();
    Refusals refusals = new Refusals(page);
    ClientAuthenticationFailure failures = new ClientAuthenticationFailure();
    server.addObjectPostProcessor(withoutHttpSession());
    http.securityMatcher(new OrRequestMatcher(server.getEndpointsMatcher(), HeadFilter.DOCUMENTS))
        .addFilterBefore(new HeadFilter(), SecurityContextHolderFilter.class)
        .with(
            server,
            configured ->
                configured
                    .tokenGenerator(tokenGenerator)
                    .clientAuthentication(client -> authenticate(client, clients, failures))
                    .authorizationEndpoint(endpoint -> authorize(endpoint, tokens, refusals))
                    .tokenEndpoint(endpoint ->
                        endpoint.accessTokenRequestConverters(converters ->
                            converters.removeIf(
                                AuthorizationServerConfiguration::isOfAnUnusedGrant)))
                    .tokenIntrospectionEndpoint(endpoint ->
                        endpoint.introspectionResponseHandler(new IntrospectionAnswer()))
                    .authorizationServerMetadataEndpoint(endpoint ->
                        endpoint.authorizationServerMetadataCustomizer(
                            metadata -> metadata.claims(ServerMetadata::ofOAuth)))
                    .oidc(oidc ->
                        oidc.providerConfigurationEndpoint(endpoint ->
                                endpoint.providerConfigurationCustomizer(
                                    metadata -> metadata.claims(ServerMetadata::ofOpenId)))
                            .userInfoEndpoint(endpoint ->
                                endpoint.userInfoMapper(context -> userInfo(claims, context)))
                            .logoutEndpoint(endpoint ->
                                endpoint
                                    .logoutResponseHandler(new OidcLogoutHandler(sessions, grants))
                                    .errorResponseHandler(refusals::onLogoutFailure))))
        .oauth2ResourceServer(bearer ->
            bearer
                .bearerTokenResolver(AuthorizationServerConfiguration::tokenForUserInfo)
                .jwt(jwt -> jwt.decoder(tokens.accessTokenDecoder())))
        .securityContext(context -> context.securityContextRepository(sessions))
        .requestCache(AbstractHttpConfigurer::disable)
        .logout(AbstractHttpConfigurer::disable)
        .sessionManagement(s -> s.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .authorizeHttpRequests(rules -> rules.anyRequest().authenticated())
        .exceptionHandling(handling ->
            handling
                .defaultAuthenticationEntryPointFor(failures, path("/oauth2/token"))
                .defaultAuthenticationEntryPointFor(failures, path("/oauth2/introspect"))
                .defaultAuthenticationEntryPointFor(failures, path("/oauth2/revoke"))
                .defaultAuthenticationEntryPointFor(
                    new BearerTokenAuthenticationEntryPoint(), USER_INFO)
                .defaultAuthenticationEntryPointFor(
                    (request, response, failure) ->
                        response.sendRedirect(
                            SignInTarget.of(request)
                                .map(SignInTarget::page)
                                .orElse(SignInTarget.PAGE)),
                    path(AUTHORIZE)));
    return http.build();
  }

  // A secret, or none: what else Spring would accept, no client here can be registered for.
  private static void authenticate(
      OAuth2ClientAuthenticationConfigurer client,
      RegisteredClientRepository clients,
      ClientAuthenticationFailure failures) {
    PublicClientAuthentication publicClients = new PublicClientAuthentication(clients);
    client
        .authenticationConverters(converters -> {
          converters.removeIf(converter ->
              converter instanceof JwtClientAssertionAuthenticationConverter
                  || converter instanceof X509ClientCertificateAuthenticationConverter);
          converters.addFirst(publicClients);
          converters.addFirst(new ClientRequestRules());
        })
        .authenticationProvider(publicClients)
        .errorResponseHandler(failures);
  }

  private static void authorize(
      OAuth2AuthorizationEndpointConfigurer endpoint, IssuedTokens tokens, Refusals refusals) {
    endpoint
        .consentPage(SignInTarget.PAGE + "/consent")
        .authorizationRequestConverter(AuthorizationRequestValidator::refuseRequestUri)
        .errorResponseHandler(refusals)
        .authenticationProviders(providers ->
            providers.stream()
                .filter(OAuth2AuthorizationCodeRequestAuthenticationProvider.class::isInstance)
                .map(OAuth2AuthorizationCodeRequestAuthenticationProvider.class::cast)
                .forEach(provider -> {
                  provider.setAuthenticationValidator(
                      new OAuth2AuthorizationCodeRequestAuthenticationValidator()
                          .andThen(new AuthorizationRequestValidator(tokens)));
                  provider.setAuthorizationConsentRequired(
                      AuthorizationRequestValidator::isConsentRequired);
                }));
  }

  private static boolean isOfAnUnusedGrant(AuthenticationConverter converter) {
    return converter instanceof OAuth2DeviceCodeAuthenticationConverter
        || converter instanceof OAuth2TokenExchangeAuthenticationConverter;
  }

  // The other endpoints are for clients and browsers, which authenticate in other ways.
  private static @Nullable String tokenForUserInfo(HttpServletRequest request) {
    return USER_INFO.matches(request) ? new DefaultBearerTokenResolver().resolve(request) : null;
  }

  private static RequestMatcher path(String path) {
    return PathPatternRequestMatcher.withDefaults().matcher(path);
  }

  private static OidcUserInfo userInfo(
      TokenClaims claims, OidcUserInfoAuthenticationContext context) {
    return new OidcUserInfo(
        claims.ofUser(
            Long.parseLong(context.getAuthorization().getPrincipalName()),
            context.getAccessToken().getScopes()));
  }

  // With OpenID Connect on, the endpoint would make an HTTP session for each sign-in.
  private static ObjectPostProcessor<OAuth2AuthorizationEndpointFilter> withoutHttpSession() {
    return new ObjectPostProcessor<>() {
      @Override
      public <O extends OAuth2AuthorizationEndpointFilter> O postProcess(O filter) {
        filter.setSessionAuthenticationStrategy(new NullAuthenticatedSessionStrategy());
        return filter;
      }
    };
  }
}
