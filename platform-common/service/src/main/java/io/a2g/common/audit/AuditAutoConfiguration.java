package io.a2g.common.audit;

import io.a2g.common.job.PlatformJob;
import io.a2g.common.partition.MonthlyPartitions;
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

  @Bean
  AuditLog auditLog(JdbcClient jdbc, JsonMapper mapper, ServiceIdentity service) {
    return new AuditLog(jdbc, mapper, service.schema());
  }

  @Bean
  PlatformJob auditCleanup(
      JdbcClient jdbc, ServiceIdentity service, AuditProperties properties, Clock clock) {
    var months = new MonthlyPartitions(jdbc, service.schema(), "audit_events");
    return new PlatformJob(
        "audit-cleanup",
        Duration.ofHours(6),
        () -> months.keep(clock.instant().minus(properties.retention())));
  }
}
