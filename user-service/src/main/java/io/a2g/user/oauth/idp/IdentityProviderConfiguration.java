package io.a2g.user.oauth.idp;

import io.a2g.user.oauth.signin.SignInProviders;
import java.net.URI;
import java.util.Optional;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class IdentityProviderConfiguration {

  @Bean
  SignInProviders signInProviders(IdentityProviderProperties properties) {
    return () -> properties.isSet() ? Optional.of(nameOf(properties)) : Optional.empty();
  }

  private static String nameOf(IdentityProviderProperties properties) {
    return properties.name().isBlank()
        ? URI.create(properties.issuer()).getHost()
        : properties.name();
  }
}
