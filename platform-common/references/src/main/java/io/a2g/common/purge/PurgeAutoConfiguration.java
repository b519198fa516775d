package io.a2g.common.purge;

import io.a2g.common.job.PlatformJob;
import io.a2g.common.reference.ReferenceHolders;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The purge of every service. */
@AutoConfiguration
@EnableConfigurationProperties(PurgeProperties.class)
public class PurgeAutoConfiguration {

  @Bean
  DeletedRowCleanup deletedRowCleanup(
      ObjectProvider<Purgeable> tables,
      PurgeProperties properties,
      JdbcClient jdbc,
      PlatformTransactionManager transactions,
      ReferenceHolders holders,
      MeterRegistry meters,
      Clock clock) {
    return new DeletedRowCleanup(
        tables.orderedStream().toList(),
        properties.retention(),
        jdbc,
        new TransactionTemplate(transactions),
        holders,
        meters,
        clock);
  }

  @Bean
  PlatformJob purge(DeletedRowCleanup cleanup, PurgeProperties properties) {
    return new PlatformJob("purge", properties.interval(), cleanup::run);
  }
}
