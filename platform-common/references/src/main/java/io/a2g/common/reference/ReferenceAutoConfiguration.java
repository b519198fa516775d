package io.a2g.common.reference;

import io.a2g.common.topology.ServiceIdentity;
import jakarta.persistence.EntityManagerFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.orm.jpa.SharedEntityManagerCreator;

/** What this service declares, and rows with their pins; {@code remote} has the rest. */
@AutoConfiguration
public class ReferenceAutoConfiguration {

  @Bean
  DeclaredReferences declaredReferences(ServiceIdentity service, JdbcClient jdbc) {
    return new DeclaredReferences(service, jdbc);
  }

  @Bean
  PinnedRows pinnedRows(ReferenceVerifier references, EntityManagerFactory entities) {
    return new PinnedRows(
        references, SharedEntityManagerCreator.createSharedEntityManager(entities));
  }
}
