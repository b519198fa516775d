package io.a2g.tracing.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2g.common.purge.DeletedRowCleanup;
import io.a2g.common.testkit.PlatformIT;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class PurgeIT extends PlatformIT {

  @Autowired private DeletedRowCleanup purge;

  @Test
  void traceGoesWithItsLogEntries() throws SQLException {
    String old = trace("now() - interval '31 days'");
    String live = trace("NULL");

    assertThat(purge.run()).isPositive();

    assertThat(count("trace_metadata", old)).isZero();
    assertThat(count("log_entries", old)).isZero();
    assertThat(count("trace_metadata", live)).isOne();
    assertThat(count("log_entries", live)).isOne();
  }

  private String trace(String deletedAt) throws SQLException {
    String id = Long.toHexString(System.nanoTime()) + "a".repeat(32);
    String traceId = id.substring(0, 32);
    try (Connection connection = database().connect();
        var statement = connection.createStatement()) {
      statement.execute(
          "INSERT INTO tracing.trace_metadata (trace_id, user_id, started_at, deleted_at) VALUES ('%s', 1, now(), %s)"
              .formatted(traceId, deletedAt));
      statement.execute(
          "INSERT INTO tracing.log_entries (trace_id, service_name, level, log_type, message, occurred_at) VALUES ('%s', 'test', 'INFO', 'MESSAGE', 'x', now())"
              .formatted(traceId));
    }
    return traceId;
  }

  private long count(String table, String traceId) throws SQLException {
    try (Connection connection = database().connect();
        var statement = connection.createStatement();
        var row =
            statement.executeQuery(
                "SELECT count(*) FROM tracing.%s WHERE trace_id = '%s'"
                    .formatted(table, traceId))) {
      row.next();
      return row.getLong(1);
    }
  }
}
