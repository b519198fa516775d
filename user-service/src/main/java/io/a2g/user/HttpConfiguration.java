package io.a2g.user;

import io.a2g.common.security.AccessRules;
import io.a2g.common.security.Role;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;

/** Endpoints with access rules of their own. */
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
}
