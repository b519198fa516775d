package io.a2g.common.deadline;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** Gives out connections that end with the request's deadline, where there is one. */
final class DeadlineDataSource extends DelegatingDataSource {

  private final DataSource pool;

  DeadlineDataSource(DataSource pool) {
    super(pool);
    this.pool = pool;
  }

  @Override
  public Connection getConnection() throws SQLException {
    RequestDeadline deadline = RequestDeadline.current();
    return deadline == null ? pool.getConnection() : deadline.take(pool);
  }
}
