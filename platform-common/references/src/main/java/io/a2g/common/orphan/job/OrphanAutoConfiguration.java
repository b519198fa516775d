package io.a2g.common.orphan.job;

import io.a2g.common.audit.AuditAutoConfiguration;
import io.a2g.common.audit.AuditLog;
import io.a2g.common.migrate.orphan.OrphanFindings;
import io.a2g.common.migrate.orphan.OrphanRepair;
import io.a2g.common.migrate.orphan.OrphanScan;
import io.a2g.common.readiness.SchemaReadiness;
import io.a2g.common.reference.DeclaredReferences;
import io.a2g.common.reference.ReferenceAutoConfiguration;
import io.a2g.common.reference.remote.RemoteReferenceAutoConfiguration;
import io.a2g.common.startup.MigrationAutoConfiguration;
import io.a2g.common.topology.TargetStates;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.Connection;
import java.time.Clock;
import java.util.function.Function;
import javax.sql.DataSource;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.scheduling.TaskScheduler;

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
      MeterRegistry meters,
      OrphanFindings findings,
      DeclaredReferences declared,
      SchemaReadiness migrations,
      Clock clock) {
    return new OrphanMeters(meters, findings, declared, migrations, clock);
  }

  @Bean
  OrphanJob orphanJob(
      DataSource database,
      DeclaredReferences declared,
      TargetStates states,
      OrphanProperties properties,
      OrphanMeters meters,
      AuditLog events,
      SchemaReadiness migrations,
      TaskScheduler scheduler,
      Clock clock) {
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
        properties,
        meters,
        migrations,
        scheduler,
        clock);
  }
}
