package io.a2g.systemtest.bench;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.a2g.systemtest.Settings;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.Executors;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * What the services' own web server, pool and driver allow on this machine when nothing else is
 * done: Jetty without servlets, one statement, the row as text. No key, no rules, no framework, no
 * metrics. It runs with the libraries of a built service.
 *
 * <p>Environment: BARE_PORT, BARE_JDBC_URL, BARE_USER, BARE_PASSWORD, BARE_SQL (one parameter).
 */
public final class BareRead extends Handler.Abstract {

  private final HikariDataSource pool;
  private final String sql;

  private BareRead(HikariDataSource pool, String sql) {
    this.pool = pool;
    this.sql = sql;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    String path = request.getHttpURI().getPath();
    byte[] body = read(Long.parseLong(path.substring(path.lastIndexOf('/') + 1)));
    response.getHeaders().put("Content-Type", "application/json");
    response.write(true, ByteBuffer.wrap(body), callback);
    return true;
  }

  private byte[] read(long id) throws SQLException {
    try (Connection connection = pool.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setLong(1, id);
      try (ResultSet row = statement.executeQuery()) {
        if (!row.next()) {
          throw new IllegalStateException("No row " + id);
        }
        int columns = row.getMetaData().getColumnCount();
        StringBuilder json = new StringBuilder("[");
        for (int i = 1; i <= columns; i++) {
          json.append(i == 1 ? "\"" : ",\"").append(row.getString(i)).append('"');
        }
        return json.append(']').toString().getBytes(StandardCharsets.UTF_8);
      }
    }
  }

  public static void main(String[] args) throws Exception {
    Settings settings = Settings.ofProcess();
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(settings.required("BARE_JDBC_URL"));
    config.setUsername(settings.required("BARE_USER"));
    config.setPassword(settings.required("BARE_PASSWORD"));
    config.setMaximumPoolSize(8); // as DB_POOL_SIZE
    QueuedThreadPool threads = new QueuedThreadPool(2000); // as server.jetty.threads.max
    threads.setVirtualThreadsExecutor(Executors.newVirtualThreadPerTaskExecutor());
    Server server = new Server(threads);
    ServerConnector connector = new ServerConnector(server);
    connector.setHost("127.0.0.1");
    connector.setPort(settings.number("BARE_PORT", 8080));
    server.addConnector(connector);
    server.setHandler(new BareRead(new HikariDataSource(config), settings.required("BARE_SQL")));
    server.start();
  }
}
