package io.a2g.user.apikey;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2g.common.security.ApiKey;
import io.a2g.common.testkit.PlatformIT;
import io.a2g.common.testkit.TestUser;
import io.a2g.common.topology.PlatformSchema;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The last use of a key is written down at most once a minute, and nobody waits for it. */
class LastUseIT extends PlatformIT {

  private TestUser user;

  @BeforeEach
  void makeUser() {
    user = users().user();
  }

  @Test
  void firstUseIsWrittenDown() throws SQLException {
    assertThat(lastUse()).isEqualTo("never");

    as(user).get("/api/v1/users/me").expect(200);

    assertThat(lastUse()).isEqualTo("within a minute");
  }

  @Test
  void useWithinAMinuteOfTheLastOneWritesNothing() throws SQLException {
    lastUsedBefore("30 seconds");
    String before = version();

    try (Connection service = database().connect(database().app(PlatformSchema.USERS))) {
      for (int use = 0; use < 5; use++) {
        assertThat(callerOfKey(service)).isEqualTo(user.id());
      }
    }

    assertThat(version()).isEqualTo(before);
  }

  @Test
  void useAfterAMinuteIsWrittenDown() throws SQLException {
    lastUsedBefore("61 seconds");
    assertThat(lastUse()).isEqualTo("before");

    try (Connection service = database().connect(database().app(PlatformSchema.USERS))) {
      callerOfKey(service);
    }

    assertThat(lastUse()).isEqualTo("within a minute");
  }

  @Test
  void callerDoesNotWaitForALockOfTheRow() throws SQLException {
    lastUsedBefore("1 hour");
    try (Connection holder = database().connect();
        Connection service = database().connect(database().app(PlatformSchema.USERS))) {
      holder.setAutoCommit(false);
      run(holder, "SELECT id FROM users.api_keys WHERE user_id = %d FOR UPDATE");
      // One that waited would fail, not last.
      try (var statement = service.createStatement()) {
        statement.execute("SET lock_timeout = '1ms'");
      }

      assertThat(callerOfKey(service)).isEqualTo(user.id());

      holder.rollback();
    }
    assertThat(lastUse()).isEqualTo("before");
  }

  private long callerOfKey(Connection service) throws SQLException {
    try (var statement = service.prepareStatement("SELECT user_id FROM users.caller_of_key(?)")) {
      statement.setBytes(1, new ApiKey(user.key()).sha256());
      try (var row = statement.executeQuery()) {
        assertThat(row.next()).isTrue();
        return row.getLong(1);
      }
    }
  }

  private void lastUsedBefore(String interval) throws SQLException {
    try (Connection connection = database().connect()) {
      run(
          connection,
          "UPDATE users.api_keys SET last_used_at = now() - interval '"
              + interval
              + "' WHERE user_id = %d RETURNING 1");
    }
  }

  private String lastUse() throws SQLException {
    try (Connection connection = database().connect()) {
      return run(
          connection,
          """
          SELECT CASE WHEN last_used_at IS NULL THEN 'never'
            WHEN last_used_at > now() - interval '1 minute' THEN 'within a minute' ELSE 'before' END
          FROM users.api_keys WHERE user_id = %d
          """);
    }
  }

  /** Changes with every write of the row. */
  private String version() throws SQLException {
    try (Connection connection = database().connect()) {
      return run(connection, "SELECT xmin || ' ' || ctid FROM users.api_keys WHERE user_id = %d");
    }
  }

  private String run(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement();
        var row = statement.executeQuery(sql.formatted(user.id()))) {
      row.next();
      return row.getString(1);
    }
  }
}
