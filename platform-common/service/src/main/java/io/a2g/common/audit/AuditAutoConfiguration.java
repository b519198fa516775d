package io.a2g.common.audit;

import io.a2g.common.readiness.SchemaReadiness;
import io.a2g.common.topology.ServiceIdentity;
import java.time.Clock;
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
  AuditUpkeep auditUpkeep(
      AuditLog audit, AuditProperties properties, SchemaReadiness migrations, Clock clock) {
    return new AuditUpkeep(audit, properties, migrations, clock);
  }
}
