package io.a2g.common.reference;

import io.a2g.common.migrate.MigratedService;
import org.springframework.beans.factory.ObjectProvider;
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

  @Bean
  DeclaredReferences declaredReferences(
      ObjectProvider<Reference> references, MigratedService service, JdbcClient jdbc) {
    return new DeclaredReferences(references.stream().toList(), service.schema(), jdbc);
  }

  @Bean
  @ConditionalOnMissingBean
  ReferenceHolders referenceHolders(JdbcClient jdbc) {
    return new DatabaseReferenceHolders(jdbc);
  }
}
