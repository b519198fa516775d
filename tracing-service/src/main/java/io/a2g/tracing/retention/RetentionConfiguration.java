package io.a2g.tracing.retention;

import io.a2g.common.job.PlatformJob;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class RetentionConfiguration {

  // Far more often than needed: a run gives way to traffic, and the next one soon makes up for it.
  @Bean
  PlatformJob logCleanupJob(LogCleanup cleanup) {
    return new PlatformJob("log-cleanup", Duration.ofHours(1), true, cleanup::cleanUp);
  }
}
