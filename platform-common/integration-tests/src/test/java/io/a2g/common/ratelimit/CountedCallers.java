package io.a2g.common.ratelimit;

import io.a2g.common.security.AccessToken;
import io.a2g.common.security.ApiKey;
import io.a2g.common.security.Caller;
import io.a2g.common.security.CallerDirectory;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Counts how often a node looks for the user behind a key. */
@Configuration(proxyBeanMethods = false)
class CountedCallers {

  static final AtomicInteger LOOKUPS = new AtomicInteger();

  @Bean
  static BeanPostProcessor countLookups() {
    return new BeanPostProcessor() {
      @Override
      public Object postProcessAfterInitialization(Object bean, String name) {
        return name.equals("callerDirectory") ? counted((CallerDirectory) bean) : bean;
      }
    };
  }

  private static CallerDirectory counted(CallerDirectory directory) {
    return new CallerDirectory() {
      @Override
      public Optional<Caller> find(ApiKey key) {
        LOOKUPS.incrementAndGet();
        return directory.find(key);
      }

      @Override
      public Optional<Caller> find(AccessToken token) {
        LOOKUPS.incrementAndGet();
        return directory.find(token);
      }
    };
  }
}
