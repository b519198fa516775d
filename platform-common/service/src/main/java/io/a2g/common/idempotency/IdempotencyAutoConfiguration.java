package io.a2g.common.idempotency;

import io.a2g.common.filter.FilterOrder;
import io.a2g.common.job.PlatformJob;
import io.a2g.common.topology.ServiceIdentity;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.servlet.HandlerExceptionResolver;

/** Every POST understands Idempotency-Key; each schema has the table for it. */
@AutoConfiguration
public class IdempotencyAutoConfiguration {

  @Bean
  StoredAnswers storedAnswers(JdbcClient jdbc, ServiceIdentity service) {
    return new StoredAnswers(jdbc, service.schemaName());
  }

  @Bean
  FilterRegistrationBean<IdempotencyFilter> idempotencyFilter(
      StoredAnswers answers,
      PlatformTransactionManager transactions,
      @Qualifier("handlerExceptionResolver") HandlerExceptionResolver problems) {
    var registration =
        FilterOrder.IDEMPOTENCY.register(
            new IdempotencyFilter(answers, new TransactionTemplate(transactions), problems));
    registration.addUrlPatterns("/api/*");
    return registration;
  }

  @Bean
  PlatformJob idempotencyCleanup(StoredAnswers answers) {
    return new PlatformJob("idempotency-cleanup", Duration.ofHours(1), answers::purge);
  }
}
