package io.a2g.tracing.retention;

import io.a2g.common.job.PlatformJob;
import io.a2g.common.partition.MonthlyPartitions;
import io.a2g.common.topology.ServiceIdentity;
import java.time.Clock;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

@Configuration(proxyBeanMethods = false)
class RetentionConfiguration {

  // Far more often than needed: a run gives way to traffic, and the next one soon makes up for it.
  @Bean
  PlatformJob logCleanup(
      JdbcClient jdbc, ServiceIdentity service, RetentionProperties retention, Clock clock) {
    var months = new MonthlyPartitions(jdbc, service.schema(), "log_entries");
    return new PlatformJob(
        "log-cleanup",
        Duration.ofHours(1),
        true,
        () -> months.keep(retention.oldestLog(clock.instant())));
  }
}
