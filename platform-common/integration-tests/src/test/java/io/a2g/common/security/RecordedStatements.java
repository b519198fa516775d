package io.a2g.common.security;

import io.a2g.common.testkit.database.WatchedDataSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Writes down what a node asks its database about keys. */
@Configuration(proxyBeanMethods = false)
class RecordedStatements {

  private static final List<String> ASKED = new CopyOnWriteArrayList<>();

  /** The statements since the last call that look for a key or its user. */
  static List<String> take() {
    List<String> taken = List.copyOf(ASKED);
    ASKED.clear();
    return taken;
  }

  @Bean
  static BeanPostProcessor recordStatements() {
    return new BeanPostProcessor() {
      @Override
      public Object postProcessAfterInitialization(Object bean, String name) {
        return bean instanceof DataSource pool
            ? new WatchedDataSource(pool, RecordedStatements::record)
            : bean;
      }
    };
  }

  // Not what jobs ask in the background.
  private static void record(String sql) {
    if (sql.contains("users.")) {
      ASKED.add(sql);
    }
  }
}
