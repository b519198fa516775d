package io.a2g.common.security;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.datasource.DelegatingDataSource;

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
        return bean instanceof DataSource pool ? new Recorder(pool) : bean;
      }
    };
  }

  private static final class Recorder extends DelegatingDataSource {

    Recorder(DataSource pool) {
      super(pool);
    }

    @Override
    public Connection getConnection() throws SQLException {
      Connection connection = super.getConnection();
      return (Connection)
          Proxy.newProxyInstance(
              getClass().getClassLoader(),
              new Class<?>[] {Connection.class},
              (proxy, method, arguments) -> call(connection, method, arguments));
    }

    private static Object call(Connection connection, Method method, Object[] arguments)
        throws Throwable {
      // Not what jobs ask in the background.
      if (arguments != null && arguments[0] instanceof String sql && sql.contains("users.")) {
        ASKED.add(sql);
      }
      try {
        return method.invoke(connection, arguments);
      } catch (InvocationTargetException e) {
        throw e.getCause();
      }
    }
  }
}
