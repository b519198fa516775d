package io.a2g.common.testkit;

import io.a2g.common.security.ApiKey;
import io.a2g.common.security.Role;
import io.a2g.common.testkit.database.MigratedDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Makes users the way no service but user-service may: by SQL. The other services' tests need users
 * and cannot depend on the service that owns them.
 */
public final class TestUsers {

  private static final AtomicInteger COUNT = new AtomicInteger();

  private final MigratedDatabase database;

  /** Users of this database. */
  public TestUsers(MigratedDatabase database) {
    this.database = database;
  }

  /** A new user without a team. */
  public TestUser user() {
    return make(Role.USER, null);
  }

  /** A new administrator. */
  public TestUser admin() {
    return make(Role.ADMIN, null);
  }

  /** A new user with this role and department. */
  public TestUser make(Role role, @Nullable String deptCode) {
    String username = "test" + COUNT.incrementAndGet() + "-" + System.nanoTime();
    ApiKey key = ApiKey.generate();
    long id =
        insert(
            "INSERT INTO users.users (username, role, dept_code) VALUES (?, ?, ?) RETURNING id",
            username,
            role.name(),
            deptCode);
    insert(
        """
        INSERT INTO users.api_keys (user_id, name, key_hash, last_four)
        VALUES (?, 'test', ?, ?) RETURNING id
        """,
        id,
        key.sha256(),
        key.lastFour());
    return new TestUser(id, username, role, deptCode, key.text());
  }

  /** Marks a user deleted, as user-service would. */
  public void delete(TestUser user) {
    insert("UPDATE users.users SET deleted_at = now() WHERE id = ? RETURNING id", user.id());
  }

  private long insert(String sql, @Nullable Object... values) {
    try (Connection connection = database.connect();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      try (var rows = statement.executeQuery()) {
        rows.next();
        return rows.getLong(1);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
