package io.a2g.common.limit;

import io.a2g.common.readiness.SchemaReadiness;
import io.a2g.common.topology.ServiceIdentity;
import io.micrometer.core.instrument.MeterRegistry;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.web.servlet.HandlerExceptionResolver;

/** The limits on request rates of every service. */
@AutoConfiguration
@EnableConfigurationProperties(RateLimitProperties.class)
public class RateLimitAutoConfiguration {

  // Around Spring Security (-100), and before Idempotency-Key (-90) opens a transaction.
  private static final int BEFORE_SECURITY = -105;
  private static final int AFTER_SECURITY = -95;

  @Bean
  SharedBuckets sharedBuckets(
      DataSource database, ServiceIdentity service, SchemaReadiness migrations) {
    return new SharedBuckets(database, service.schema().schemaName(), () -> migrations.isReady());
  }

  @Bean
  RateLimitUpkeep rateLimitUpkeep(SharedBuckets buckets, SchemaReadiness migrations) {
    return new RateLimitUpkeep(buckets, migrations);
  }

  @Bean
  FilterRegistrationBean<RateLimitFilter> rateLimitFilter(
      RateLimitProperties limits,
      SharedBuckets buckets,
      MeterRegistry meters,
      @Qualifier("handlerExceptionResolver") HandlerExceptionResolver problems) {
    var registration =
        new FilterRegistrationBean<>(
            new RateLimitFilter(new RequestRates(limits, buckets), meters, problems));
    registration.setOrder(AFTER_SECURITY);
    return registration;
  }

  @Bean
  FilterRegistrationBean<FailedAttemptsFilter> failedAttemptsFilter(
      RateLimitProperties limits,
      MeterRegistry meters,
      @Qualifier("handlerExceptionResolver") HandlerExceptionResolver problems) {
    var attempts = new FailedAttempts(Math.max(1, limits.failures()));
    var registration =
        new FilterRegistrationBean<>(new FailedAttemptsFilter(attempts, meters, problems));
    registration.setOrder(BEFORE_SECURITY);
    registration.setEnabled(limits.failures() > 0);
    return registration;
  }
}
