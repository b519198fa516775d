package io.a2g.user;

import io.a2g.common.filter.FilterOrder;
import io.a2g.common.security.AccessRules;
import io.a2g.common.security.Role;
import io.a2g.common.web.limit.ConcurrencyLimitFilter;
import io.a2g.common.web.limit.LimitProperties;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.web.servlet.HandlerExceptionResolver;

/** Endpoints with access rules of their own, and the limits of those outside {@code /api}. */
@Configuration(proxyBeanMethods = false)
class HttpConfiguration {

  @Bean
  AccessRules accessRules() {
    return rules ->
        rules
            // All that a pending user may do is complete the own profile.
            .requestMatchers("/api/v1/users/me")
            .authenticated()
            // The keys in the body are the credential.
            .requestMatchers(HttpMethod.POST, "/api/v1/sign-ups", "/api/v1/leaked-keys")
            .permitAll()
            .requestMatchers("/scim/**")
            .hasRole(Role.ADMIN.name());
  }

  @Bean
  FilterRegistrationBean<ConcurrencyLimitFilter> scimConcurrencyLimitFilter(
      LimitProperties limits,
      @Qualifier("handlerExceptionResolver") HandlerExceptionResolver problems) {
    return FilterOrder.CONCURRENCY.register(new ConcurrencyLimitFilter(limits, "/scim/", problems));
  }

  @Bean
  FilterRegistrationBean<ConcurrencyLimitFilter> oauthConcurrencyLimitFilter(
      LimitProperties limits,
      @Qualifier("handlerExceptionResolver") HandlerExceptionResolver problems) {
    return FilterOrder.CONCURRENCY.register(
        new ConcurrencyLimitFilter(limits, "/oauth2/", problems));
  }

  @Bean
  FilterRegistrationBean<ConcurrencyLimitFilter> signInConcurrencyLimitFilter(
      LimitProperties limits,
      @Qualifier("handlerExceptionResolver") HandlerExceptionResolver problems) {
    return FilterOrder.CONCURRENCY.register(
        new ConcurrencyLimitFilter(limits, "/sign-in", problems));
  }
}
