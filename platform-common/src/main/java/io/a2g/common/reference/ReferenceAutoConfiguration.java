package io.a2g.common.reference;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The verifier for schemas that share one database. */
@AutoConfiguration
public class ReferenceAutoConfiguration {

  @Bean
  @ConditionalOnMissingBean
  ReferenceVerifier referenceVerifier(JdbcClient jdbc) {
    return new DatabaseReferenceVerifier(jdbc);
  }
}
