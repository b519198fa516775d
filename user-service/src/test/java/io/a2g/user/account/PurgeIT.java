package io.a2g.user.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2g.common.purge.DeletedRowCleanup;
import io.a2g.common.testkit.PlatformIT;
import io.a2g.common.testkit.TestUser;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Users go for good when nobody can bring them back and nothing of any service needs them. */
class PurgeIT extends PlatformIT {

  @Autowired private DeletedRowCleanup purge;

  @Test
  void userGoesWithTheKeysWhenTheRetentionIsOver() throws SQLException {
    TestUser recent = deletedDaysAgo(29);
    TestUser old = deletedDaysAgo(31);
    TestUser live = users().user();

    assertThat(purge.run()).isPositive();

    assertThat(exists(recent)).isTrue();
    assertThat(exists(live)).isTrue();
    assertThat(exists(old)).isFalse();
    assertThat(count("users.api_keys WHERE user_id = " + old.id())).isZero();
  }

  @Test
  void userStaysWhileAnythingRefersToIt() throws SQLException {
    TestUser user = deletedDaysAgo(31);
    run(
        "INSERT INTO chat.chat_sessions (user_id, agent_id, trace_id, deleted_at) VALUES (%d, 1, md5('%d'), now())"
            .formatted(user.id(), System.nanoTime()));

    purge.run();
    assertThat(exists(user)).as("a deleted conversation is still there").isTrue();

    run("DELETE FROM chat.chat_sessions WHERE user_id = " + user.id());
    purge.run();
    assertThat(exists(user)).isFalse();
  }

  private TestUser deletedDaysAgo(int days) throws SQLException {
    TestUser user = users().user();
    run(
        "UPDATE users.users SET deleted_at = now() - interval '%d days' WHERE id = %d"
            .formatted(days, user.id()));
    return user;
  }

  private boolean exists(TestUser user) throws SQLException {
    return count("users.users WHERE id = " + user.id()) == 1;
  }

  private long count(String what) throws SQLException {
    try (Connection connection = database().connect();
        var statement = connection.createStatement();
        var row = statement.executeQuery("SELECT count(*) FROM " + what)) {
      row.next();
      return row.getLong(1);
    }
  }

  private void run(String sql) throws SQLException {
    try (Connection connection = database().connect();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
