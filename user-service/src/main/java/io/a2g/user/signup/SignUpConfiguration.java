package io.a2g.user.signup;

import io.a2g.common.security.AccessRules;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;

@Configuration(proxyBeanMethods = false)
class SignUpConfiguration {

  @Bean
  AccessRules openSignUp() {
    return rules -> rules.requestMatchers(HttpMethod.POST, "/api/v1/sign-ups").permitAll();
  }
}
