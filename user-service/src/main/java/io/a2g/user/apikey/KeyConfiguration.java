package io.a2g.user.apikey;

import io.a2g.common.security.AccessRules;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;

@Configuration(proxyBeanMethods = false)
class KeyConfiguration {

  // The keys in the body are the credential.
  @Bean
  AccessRules openToFinders() {
    return rules -> rules.requestMatchers(HttpMethod.POST, "/api/v1/leaked-keys").permitAll();
  }
}
