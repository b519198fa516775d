package io.a2g.user.scim;

import io.a2g.common.security.AccessRules;
import io.a2g.common.security.Role;
import io.a2g.common.web.limit.ConcurrencyLimitFilter;
import io.a2g.common.web.limit.LimitProperties;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.HandlerExceptionResolver;

@Configuration(proxyBeanMethods = false)
class ScimConfiguration {

  // Before Spring Security (-100), as for the platform's own API.
  private static final int CONCURRENCY_ORDER = -120;

  @Bean
  AccessRules directoryOnly() {
    return rules -> rules.requestMatchers("/scim/**").hasRole(Role.ADMIN.name());
  }

  @Bean
  FilterRegistrationBean<ConcurrencyLimitFilter> scimConcurrencyLimitFilter(
      LimitProperties limits,
      @Qualifier("handlerExceptionResolver") HandlerExceptionResolver problems) {
    var filter =
        new FilterRegistrationBean<>(new ConcurrencyLimitFilter(limits, "/scim/", problems));
    filter.setOrder(CONCURRENCY_ORDER);
    return filter;
  }
}
