package io.a2g.common.testkit.database;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** Tells of every statement that is made on its connections. */
public final class WatchedDataSource extends DelegatingDataSource {

  private final Consumer<String> statements;

  /**
   * @param statements gets the text of each; empty where it is given only when it is executed
   */
  public WatchedDataSource(DataSource target, Consumer<String> statements) {
    super(target);
    this.statements = statements;
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

  private Object call(Connection connection, Method method, Object[] arguments) throws Throwable {
    switch (method.getName()) {
      case "prepareStatement", "prepareCall" -> statements.accept((String) arguments[0]);
      case "createStatement" -> statements.accept("");
      default -> {}
    }
    try {
      return method.invoke(connection, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
