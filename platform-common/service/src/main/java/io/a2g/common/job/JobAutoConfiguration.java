package io.a2g.common.job;

import io.a2g.common.topology.ServiceIdentity;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;

/** Runs whatever is declared as a {@link PlatformJob}. */
@AutoConfiguration
public class JobAutoConfiguration {

  @Bean
  JobRunner jobRunner(
      ObjectProvider<PlatformJob> jobs,
      MeterRegistry meters,
      Clock clock,
      ServiceIdentity service) {
    return new JobRunner(jobs.orderedStream().toList(), meters, clock, service.name());
  }
}
