package io.a2g.common.testkit.peer;

import io.a2g.common.peer.ServiceCallers;
import io.a2g.common.peer.ServiceCredential;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Lets services recognise each other in tests that have no issuer of access tokens. */
@Configuration(proxyBeanMethods = false)
public class FixedCredential {

  /** What services show each other. */
  public static final String TOKEN = "test-service-token-0123456789abcdef";

  @Bean
  ServiceCredential serviceCredential() {
    return new ServiceCredential() {
      @Override
      public boolean isPresent() {
        return true;
      }

      @Override
      public String authorization() {
        return "Bearer " + TOKEN;
      }
    };
  }

  @Bean
  ServiceCallers serviceCallers() {
    return authorization -> ("Bearer " + TOKEN).equals(authorization);
  }
}
