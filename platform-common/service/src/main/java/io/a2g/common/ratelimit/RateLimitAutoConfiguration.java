package io.a2g.common.ratelimit;

import io.a2g.common.filter.FilterOrder;
import io.a2g.common.job.PlatformJob;
import io.a2g.common.readiness.SchemaReadiness;
import io.a2g.common.topology.ServiceIdentity;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
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

  @Bean
  SharedBuckets sharedBuckets(
      DataSource database, ServiceIdentity service, SchemaReadiness readiness) {
    return new SharedBuckets(database, service.schema().schemaName(), readiness::isReady);
  }

  // So the table has only the buckets of active callers.
  @Bean
  PlatformJob rateLimitCleanup(SharedBuckets buckets) {
    return new PlatformJob("rate-limit-cleanup", Duration.ofMinutes(2), buckets::removeExpired);
  }

  @Bean
  FilterRegistrationBean<RateLimitFilter> rateLimitFilter(
      RateLimitProperties limits,
      SharedBuckets buckets,
      MeterRegistry meters,
      @Qualifier("handlerExceptionResolver") HandlerExceptionResolver problems) {
    return FilterOrder.RATE.register(
        new RateLimitFilter(new RequestRates(limits, buckets), meters, problems));
  }

  @Bean
  FilterRegistrationBean<AddressLimitFilter> addressLimitFilter(
      RateLimitProperties limits,
      MeterRegistry meters,
      @Qualifier("handlerExceptionResolver") HandlerExceptionResolver problems) {
    return FilterOrder.ADDRESS.register(new AddressLimitFilter(limits, meters, problems));
  }
}
