package io.a2g.user.oauth.idp;

import io.a2g.user.oauth.signin.SignInProviders;
import java.util.Optional;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class IdentityProviderConfiguration {

  @Bean
  SignInProviders signInProviders() {
    return Optional::empty;
  }
}
