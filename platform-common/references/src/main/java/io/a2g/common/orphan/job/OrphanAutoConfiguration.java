package io.a2g.common.orphan.job;

import io.a2g.common.audit.AuditAutoConfiguration;
import io.a2g.common.audit.AuditLog;
import io.a2g.common.job.PlatformJob;
import io.a2g.common.migrate.orphan.OrphanFindings;
import io.a2g.common.migrate.orphan.OrphanRepair;
import io.a2g.common.migrate.orphan.OrphanScan;
import io.a2g.common.reference.DeclaredReferences;
import io.a2g.common.reference.ReferenceAutoConfiguration;
import io.a2g.common.reference.remote.RemoteReferenceAutoConfiguration;
import io.a2g.common.startup.MigrationAutoConfiguration;
import io.a2g.common.topology.TargetStates;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Function;
import javax.sql.DataSource;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;

/** The scan of references, in services that have some. */
@AutoConfiguration(
    after = {
      AuditAutoConfiguration.class,
      MigrationAutoConfiguration.class,
      ReferenceAutoConfiguration.class,
      RemoteReferenceAutoConfiguration.class
    })
@Conditional(OnDeclaredReferences.class)
@EnableConfigurationProperties(OrphanProperties.class)
public class OrphanAutoConfiguration {

  @Bean
  OrphanFindings orphanFindings(DataSource database, DeclaredReferences declared) {
    return new OrphanFindings(database::getConnection, declared.schema().schemaName());
  }

  @Bean
  OrphanMeters orphanMeters(
      MeterRegistry meters, OrphanFindings findings, DeclaredReferences declared, Clock clock) {
    return new OrphanMeters(meters, findings, declared, clock);
  }

  @Bean
  OrphanJob orphanJob(
      DataSource database,
      DeclaredReferences declared,
      TargetStates states,
      OrphanProperties properties,
      OrphanMeters meters,
      AuditLog events) {
    String schema = declared.schema().schemaName();
    Function<Connection, TargetStates> source = _ -> states;
    return new OrphanJob(
        new OrphanScan(database::getConnection, schema, source, properties.confirmAfter()),
        new OrphanRepair(
            database::getConnection,
            schema,
            source,
            (connection, finding, row) ->
                events.on(connection).record("orphan.repaired", "orphan", finding, null, row)),
        meters);
  }

  @Bean
  PlatformJob orphanScan(OrphanJob job, OrphanProperties properties) {
    return new PlatformJob(
        "orphan-scan", properties.auditInterval(), () -> job.runIfDue(properties.auditInterval()));
  }

  // A little more than the least time between the two sights, so that one further pass is enough.
  @Bean
  PlatformJob orphanConfirmation(OrphanJob job, OrphanProperties properties) {
    return new PlatformJob(
        "orphan-confirmation", properties.confirmAfter().plusMillis(100), job::confirm);
  }

  @Bean
  PlatformJob orphanMetersRefresh(OrphanMeters meters) {
    return new PlatformJob("orphan-meters", Duration.ofMinutes(1), true, meters::refresh);
  }
}
