package io.a2g.common.environment;

import io.a2g.common.topology.ServiceIdentity;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigureOrder;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;

/** Which service this is: what is registered and declared under its application name. */
@AutoConfiguration
@AutoConfigureOrder(Ordered.HIGHEST_PRECEDENCE) // conditions of others ask for the bean
public class ServiceIdentityAutoConfiguration {

  @Bean
  @ConditionalOnMissingBean
  static ServiceIdentity serviceIdentity(Environment environment) {
    return ServiceIdentity.of(environment.getRequiredProperty("spring.application.name"));
  }
}
