package io.a2g.common.security;

import io.a2g.common.error.ProblemException;
import io.a2g.common.error.ProblemType;
import io.a2g.common.peer.Peers;
import io.a2g.common.peer.ServiceCallers;
import io.a2g.common.topology.PlatformSchema;
import io.a2g.common.topology.ServiceIdentity;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authorization.AuthorizationDeniedException;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.context.NullSecurityContextRepository;
import org.springframework.web.servlet.HandlerExceptionResolver;

/**
 * A credential on every endpoint but health and documentation; what no rule allows is not found.
 */
@AutoConfiguration(
    beforeName =
        "org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration")
@EnableMethodSecurity
@EnableConfigurationProperties(SecurityProperties.class)
public class SecurityAutoConfiguration {

  // A caller takes some 500 bytes; those beyond are asked for again.
  private static final int CALLERS_REMEMBERED = 10_000;

  /** No rule matches. A test makes sure that each endpoint has one, so there is no endpoint. */
  private record NoEndpoint() implements AuthorizationResult {

    @Override
    public boolean isGranted() {
      return false;
    }
  }

  private static final String[] API_DOCS = {
    "/", "/v3/api-docs/**", "/v3/api-docs.yaml", "/swagger-ui/**", "/swagger-ui.html"
  };

  @Bean
  DatabaseCallerDirectory databaseCallerDirectory(JdbcClient jdbc) {
    return new DatabaseCallerDirectory(jdbc);
  }

  @Bean
  InternalCallerController internalCallerController(
      ServiceIdentity service, DatabaseCallerDirectory callers) {
    return new InternalCallerController(service.schema(), callers);
  }

  @Bean
  ProtectedResourceController protectedResourceController(SecurityProperties properties) {
    return new ProtectedResourceController(properties.issuer());
  }

  @Bean
  @Primary
  CallerDirectory callerDirectory(
      DatabaseCallerDirectory database, Peers peers, SecurityProperties properties) {
    return new CachedCallerDirectory(
        source(database, peers), properties.callerCacheTime(), CALLERS_REMEMBERED);
  }

  @Bean
  AccessTokenVerifier accessTokenVerifier(
      DatabaseCallerDirectory database, Peers peers, SecurityProperties properties) {
    return new AccessTokenVerifier(
        PublishedKeys.remembered(source(database, peers)::signingKeys), properties.issuer());
  }

  private static CallerSource source(DatabaseCallerDirectory database, Peers peers) {
    return peers.isRemote(PlatformSchema.USERS)
        ? new HttpCallerDirectory(peers.remote(PlatformSchema.USERS))
        : database;
  }

  @Bean
  @ConditionalOnMissingBean
  ServiceCallers serviceCallers(AccessTokenVerifier tokens) {
    return new AccessTokenCallers(tokens);
  }

  // A span and a timer for each of a dozen filters cost more than the request they measure.
  @Bean
  @ConditionalOnMissingBean
  SecurityObservationSettings securityObservations() {
    return SecurityObservationSettings.noObservations();
  }

  // By name: a service's further chains for paths of its own must not leave the rest unguarded.
  @Bean
  @ConditionalOnMissingBean(name = "securityFilterChain")
  SecurityFilterChain securityFilterChain(
      HttpSecurity http,
      SecurityProperties properties,
      CallerDirectory callers,
      AccessTokenVerifier tokens,
      ServiceIdentity service,
      ObjectProvider<AccessRules> serviceRules,
      ObjectProvider<ReadingPost> readingPosts,
      @Qualifier("handlerExceptionResolver") HandlerExceptionResolver problems) {
    return http.csrf(AbstractHttpConfigurer::disable)
        .requestCache(AbstractHttpConfigurer::disable)
        .logout(AbstractHttpConfigurer::disable)
        .anonymous(AbstractHttpConfigurer::disable)
        // No sessions and no servlet principal: their filters and wrapped requests cost every
        // request, and nobody asks them. SecurityHeadersFilter writes the other headers.
        .sessionManagement(AbstractHttpConfigurer::disable)
        .securityContext(c -> c.securityContextRepository(new NullSecurityContextRepository()))
        .servletApi(AbstractHttpConfigurer::disable)
        .headers(headers ->
            headers
                .defaultsDisabled()
                .cacheControl(Customizer.withDefaults())
                .xssProtection(Customizer.withDefaults()))
        .authorizeHttpRequests(rules -> {
          rules
              .requestMatchers("/actuator/health/**", "/error", ProtectedResourceController.PATH)
              .permitAll()
              .requestMatchers("/actuator/**")
              .hasRole(Role.ADMIN.name());
          if (properties.apiDocs()) {
            rules.requestMatchers(API_DOCS).permitAll();
          }
          serviceRules.orderedStream().forEach(own -> own.addTo(rules));
          rules
              .requestMatchers("/api/**")
              .hasAnyRole(Role.USER.name(), Role.ADMIN.name())
              .anyRequest()
              .access((caller, request) -> new NoEndpoint());
        })
        .addFilterBefore(
            new BearerAuthenticationFilter(
                callers,
                tokens,
                new ScopeRule(service.schema(), readingPosts.stream().toList()),
                problems),
            AuthorizationFilter.class)
        .exceptionHandling(handling ->
            handling
                .authenticationEntryPoint((request, response, failure) ->
                    problems.resolveException(request, response, null, CredentialRefused.missing()))
                .accessDeniedHandler((request, response, failure) ->
                    problems.resolveException(request, response, null, refusal(failure))))
        .build();
  }

  private static Exception refusal(AccessDeniedException failure) {
    return failure instanceof AuthorizationDeniedException denied
            && denied.getAuthorizationResult() instanceof NoEndpoint
        ? new ProblemException(ProblemType.NOT_FOUND, "There is nothing at this address.")
        : failure;
  }
}
