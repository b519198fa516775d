package io.a2g.common.security;

import io.a2g.common.error.ProblemException;
import io.a2g.common.error.ProblemType;
import io.a2g.common.migrate.MigratedService;
import io.a2g.common.peer.Peers;
import io.a2g.common.schema.PlatformSchema;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;

/** API keys on every endpoint but health and documentation; what no rule allows is refused. */
@AutoConfiguration(
    beforeName =
        "org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration")
@EnableMethodSecurity
@EnableConfigurationProperties(SecurityProperties.class)
public class SecurityAutoConfiguration {

  private static final String[] API_DOCS = {
    "/v3/api-docs/**", "/v3/api-docs.yaml", "/swagger-ui/**", "/swagger-ui.html"
  };

  @Bean
  DatabaseCallerDirectory databaseCallerDirectory(JdbcClient jdbc, SecurityProperties properties) {
    return new DatabaseCallerDirectory(jdbc, properties.apiKeyFunction());
  }

  @Bean
  InternalCallerController internalCallerController(
      MigratedService service, DatabaseCallerDirectory callers) {
    return new InternalCallerController(service.schema(), callers);
  }

  @Bean
  @ConditionalOnMissingBean
  CallerDirectory callerDirectory(
      DatabaseCallerDirectory database, Peers peers, SecurityProperties properties) {
    return new CachedCallerDirectory(
        peers.isRemote(PlatformSchema.USERS)
            ? new HttpCallerDirectory(peers.remote(PlatformSchema.USERS))
            : key -> database.find(key.sha256()),
        properties.callerCacheTime(),
        properties.callerCacheSize());
  }

  // A span and a timer for each of a dozen filters cost more than the request they measure.
  @Bean
  @ConditionalOnMissingBean
  SecurityObservationSettings securityObservations() {
    return SecurityObservationSettings.noObservations();
  }

  @Bean
  @ConditionalOnMissingBean
  SecurityFilterChain securityFilterChain(
      HttpSecurity http,
      SecurityProperties properties,
      CallerDirectory callers,
      ObjectProvider<AccessRules> serviceRules,
      @Qualifier("handlerExceptionResolver") HandlerExceptionResolver problems) {
    return http.csrf(AbstractHttpConfigurer::disable)
        .requestCache(AbstractHttpConfigurer::disable)
        .logout(AbstractHttpConfigurer::disable)
        .anonymous(AbstractHttpConfigurer::disable)
        .sessionManagement(s -> s.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .authorizeHttpRequests(rules -> {
          rules
              .requestMatchers("/actuator/health/**", "/error")
              .permitAll()
              .requestMatchers("/actuator/**")
              .hasRole(Role.ADMIN.name());
          if (properties.apiDocs()) {
            rules.requestMatchers(API_DOCS).permitAll();
          }
          serviceRules.orderedStream().forEach(service -> service.addTo(rules));
          rules
              .requestMatchers("/api/**")
              .hasAnyRole(Role.USER.name(), Role.ADMIN.name())
              .anyRequest()
              .denyAll();
        })
        .addFilterBefore(
            new ApiKeyAuthenticationFilter(callers, problems), AuthorizationFilter.class)
        .exceptionHandling(handling ->
            handling
                .authenticationEntryPoint((request, response, failure) ->
                    problems.resolveException(
                        request,
                        response,
                        null,
                        new ProblemException(
                            ProblemType.UNAUTHENTICATED,
                            "Send an API key as Authorization: Bearer a2g_…")))
                .accessDeniedHandler((request, response, failure) ->
                    problems.resolveException(request, response, null, failure)))
        .build();
  }
}
