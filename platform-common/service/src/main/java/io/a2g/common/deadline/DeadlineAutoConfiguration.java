package io.a2g.common.deadline;

import javax.sql.DataSource;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;

/** Puts the deadline of requests around the connection pool. */
@AutoConfiguration
public class DeadlineAutoConfiguration {

  @Bean
  static BeanPostProcessor deadlineOfConnections() {
    return new BeanPostProcessor() {
      @Override
      public Object postProcessAfterInitialization(Object bean, String beanName) {
        return bean instanceof DataSource pool ? new DeadlineDataSource(pool) : bean;
      }
    };
  }
}
