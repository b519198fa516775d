package io.a2g.user.apikey;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2g.common.testkit.PlatformIT;
import io.a2g.common.testkit.TestUser;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Keys that were refused for 90 days go; all others stay. */
class ApiKeyCleanupIT extends PlatformIT {

  @Autowired private ApiKeyCleanup cleanup;

  @Test
  void longEndedKeysGoAndOthersStay() throws SQLException {
    TestUser revoked = ended("revoked_at", 91);
    TestUser expired = ended("expires_at", 91);
    TestUser lately = ended("revoked_at", 89);
    TestUser inForce = users().user();

    assertThat(cleanup.run()).isGreaterThanOrEqualTo(2);

    assertThat(keys(revoked)).isZero();
    assertThat(keys(expired)).isZero();
    assertThat(keys(lately)).isEqualTo(1);
    assertThat(keys(inForce)).isEqualTo(1);
  }

  private TestUser ended(String column, int days) throws SQLException {
    TestUser user = users().user();
    one(
        "UPDATE users.api_keys SET %s = now() - interval '%d days' WHERE user_id = %d RETURNING 1"
            .formatted(column, days, user.id()));
    return user;
  }

  private long keys(TestUser user) throws SQLException {
    return one("SELECT count(*) FROM users.api_keys WHERE user_id = " + user.id());
  }

  private long one(String sql) throws SQLException {
    try (var connection = database().connect();
        var statement = connection.createStatement();
        var row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }
}
