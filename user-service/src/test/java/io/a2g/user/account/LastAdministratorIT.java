package io.a2g.user.account;

import static io.a2g.common.testkit.http.Api.object;
import static org.assertj.core.api.Assertions.assertThat;

import io.a2g.common.security.Role;
import io.a2g.common.testkit.RunningService;
import io.a2g.common.testkit.TestUser;
import io.a2g.common.testkit.TestUsers;
import io.a2g.common.testkit.database.MigratedDatabase;
import io.a2g.common.testkit.database.TestDatabase;
import io.a2g.common.testkit.http.Api;
import io.a2g.user.UserServiceApplication;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Needs a database of its own: in the shared one there are always other administrators. */
class LastAdministratorIT {

  private static MigratedDatabase database;
  private static RunningService service;
  private static Api api;

  @BeforeAll
  static void start() {
    database = TestDatabase.get().migrated("last_administrator");
    // A role that was remembered from a moment ago would decide instead of the rule.
    service =
        RunningService.start(
            UserServiceApplication.class, database, "--platform.security.caller-cache-time=0s");
    api = service.api();
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @BeforeEach
  void dismissTheOthers() throws SQLException {
    try (var connection = database.connect();
        var statement = connection.createStatement()) {
      statement.execute("UPDATE users.users SET role = 'USER' WHERE role = 'ADMIN'");
    }
  }

  @Test
  void twoAdministratorsWhoDismissEachOtherAtOnceLeaveOne() {
    TestUsers users = new TestUsers(database);
    TestUser one = users.admin();
    TestUser two = users.admin();

    for (int round = 0; round < 20; round++) {
      var first = dismissal(one, two);
      var second = dismissal(two, one);
      int a = first.join();
      int b = second.join();

      assertThat(Stream.of(a, b).filter(status -> status == 200).count()).isEqualTo(1);
      TestUser left = a == 200 ? one : two;
      api.as(left.key())
          .put(path(left.equals(one) ? two : one), object("role", Role.ADMIN))
          .expect(200);
    }
    api.as(one.key()).put(path(two), object("role", "USER")).expect(200);
    api.as(one.key()).put(path(one), object("role", "USER")).expectProblem(409, "conflict");
    api.as(one.key()).delete("/api/v1/users/" + one.id()).expectProblem(409, "conflict");
  }

  @Test
  void administratorsWhoDisableAndDeleteEachOtherAtOnceLeaveOne() {
    TestUsers users = new TestUsers(database);
    TestUser one = users.admin();
    TestUser two = users.admin();

    for (int round = 0; round < 20; round++) {
      var first = CompletableFuture.supplyAsync(() -> disabling(one, two));
      var second = CompletableFuture.supplyAsync(() -> disabling(two, one));
      int a = first.join();
      int b = second.join();

      assertThat(Stream.of(a, b).filter(status -> status == 200).count()).isEqualTo(1);
      TestUser left = a == 200 ? one : two;
      TestUser out = left.equals(one) ? two : one;
      api.as(left.key()).post("/api/v1/users/" + out.id() + "/enable", "").expect(200);
    }
    api.as(one.key()).post("/api/v1/users/" + two.id() + "/disable", "").expect(200);
    String last = "/api/v1/users/" + one.id();
    api.as(one.key()).post(last + "/disable", "").expectProblem(409, "conflict");
    api.as(one.key()).put(path(one), object("role", "USER")).expectProblem(409, "conflict");
    api.as(one.key()).delete(last).expectProblem(409, "conflict");
  }

  private static int disabling(TestUser by, TestUser whom) {
    return api.as(by.key()).post("/api/v1/users/" + whom.id() + "/disable", "").status();
  }

  private static CompletableFuture<Integer> dismissal(TestUser by, TestUser whom) {
    return CompletableFuture.supplyAsync(
        () -> api.as(by.key()).put(path(whom), object("role", "PENDING")).status());
  }

  private static String path(TestUser user) {
    return "/api/v1/users/" + user.id() + "/role";
  }
}
