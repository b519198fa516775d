package io.a2g.common.orphan.web;

import io.a2g.common.migrate.orphan.OrphanFindings;
import io.a2g.common.orphan.job.OrphanAutoConfiguration;
import io.a2g.common.orphan.job.OrphanJob;
import io.a2g.common.reference.DeclaredReferences;
import io.a2g.common.security.AccessRules;
import io.a2g.common.security.Role;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.context.annotation.Bean;

/** The scan for orphans over HTTP, in services that have references. */
@AutoConfiguration(after = OrphanAutoConfiguration.class)
@ConditionalOnBean(OrphanJob.class)
public class OrphanWebAutoConfiguration {

  @Bean
  OrphanController orphanController(
      OrphanFindings findings, OrphanJob job, DeclaredReferences declared) {
    return new OrphanController(findings, job, declared);
  }

  // The whole path, so that a repair always needs the role, whatever is added.
  @Bean
  AccessRules orphansAreForAdministrators() {
    return rules ->
        rules.requestMatchers("/api/v1/orphans", "/api/v1/orphans/**").hasRole(Role.ADMIN.name());
  }
}
