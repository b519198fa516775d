package io.a2g.common.audit;

import io.a2g.common.job.PlatformJob;
import io.a2g.common.topology.ServiceIdentity;
import java.time.Clock;
import java.time.Duration;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/** The audit of every service. */
@AutoConfiguration
@EnableConfigurationProperties(AuditProperties.class)
public class AuditAutoConfiguration {

  private static final int MONTHS_AHEAD = 3;

  @Bean
  AuditLog auditLog(JdbcClient jdbc, JsonMapper mapper, ServiceIdentity service) {
    return new AuditLog(jdbc, mapper, service.schema());
  }

  // Without its partition an event goes to the default one, so nothing is lost when a run fails.
  @Bean
  PlatformJob auditCleanup(AuditLog audit, AuditProperties properties, Clock clock) {
    return new PlatformJob(
        "audit-cleanup",
        Duration.ofHours(6),
        () -> audit.keepUp(MONTHS_AHEAD, clock.instant().minus(properties.retention())));
  }
}
