package io.a2g.common.purge;

import io.a2g.common.readiness.SchemaReadiness;
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

/** The purge job of every service. */
@AutoConfiguration
@EnableConfigurationProperties(PurgeProperties.class)
public class PurgeAutoConfiguration {

  @Bean
  Purge purge(
      ObjectProvider<Purgeable> tables,
      PurgeProperties properties,
      JdbcClient jdbc,
      PlatformTransactionManager transactions,
      ReferenceHolders holders,
      SchemaReadiness migrations,
      MeterRegistry meters,
      Clock clock) {
    return new Purge(
        tables.orderedStream().toList(),
        properties,
        jdbc,
        new TransactionTemplate(transactions),
        holders,
        migrations,
        meters,
        clock);
  }
}
