package io.a2g.user.account;

import io.a2g.common.error.ConstraintProblem;
import io.a2g.common.security.AccessRules;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class AccountConfiguration {

  // The one thing a pending user may do is complete the own profile.
  @Bean
  AccessRules ownProfile() {
    return rules -> rules.requestMatchers("/api/v1/users/me").authenticated();
  }

  @Bean
  ConstraintProblem usernameTaken() {
    return new ConstraintProblem(
        "users_username_live_key", "username", "A user of this name exists already.");
  }

  @Bean
  ConstraintProblem emailTaken() {
    return new ConstraintProblem(
        "users_email_live_key", "email", "A user with this e-mail address exists already.");
  }
}
