package io.a2g.common.peer;

import io.a2g.common.topology.ServiceIdentity;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;
import tools.jackson.databind.json.JsonMapper;

/**
 * Calls between services. What depends on settings is decided when a bean is made, not by
 * conditions: those are worked out when the service is built.
 */
@AutoConfiguration(afterName = "io.a2g.common.security.SecurityAutoConfiguration")
@EnableConfigurationProperties(PeerProperties.class)
public class PeerAutoConfiguration {

  @Bean
  @ConditionalOnMissingBean
  ServiceCredential serviceCredential(
      PeerProperties settings, ServiceIdentity service, PeerHttp http, JsonMapper json) {
    return new ClientCredentials(
        service.name(),
        settings.clientSecret(),
        settings.tokenUrl(),
        http,
        json,
        settings.answerTimeout());
  }

  @Bean
  PeerHttp peerHttp(PeerProperties settings) {
    return new PeerHttp(settings.connectTimeout());
  }

  @Bean
  Peers peers(
      Environment environment,
      PeerProperties settings,
      ServiceIdentity service,
      ServiceCredential credential,
      PeerHttp http,
      JsonMapper json) {
    return new Peers(
        variable -> environment.getProperty(variable, ""),
        settings,
        service.schema(),
        credential,
        http,
        json);
  }

  // Asked before the chain for users, which knows no services.
  @Bean
  @Order(Ordered.HIGHEST_PRECEDENCE)
  SecurityFilterChain internalFilterChain(
      HttpSecurity http,
      ServiceCallers callers,
      @Qualifier("handlerExceptionResolver") HandlerExceptionResolver problems) {
    return http.securityMatcher("/internal/**")
        .csrf(AbstractHttpConfigurer::disable)
        .requestCache(AbstractHttpConfigurer::disable)
        .logout(AbstractHttpConfigurer::disable)
        .anonymous(AbstractHttpConfigurer::disable)
        .sessionManagement(s -> s.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .authorizeHttpRequests(rules -> rules.anyRequest().permitAll())
        .addFilterBefore(new ServiceAccessFilter(callers, problems), AuthorizationFilter.class)
        .build();
  }
}
