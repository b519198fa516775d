package io.a2g.user.account;

import static io.a2g.common.testkit.http.Api.object;
import static org.assertj.core.api.Assertions.assertThat;

import io.a2g.common.schema.PlatformSchema;
import io.a2g.common.security.Role;
import io.a2g.common.testkit.TestUser;
import io.a2g.common.testkit.TestUsers;
import io.a2g.common.testkit.database.MigratedDatabase;
import io.a2g.common.testkit.database.TestDatabase;
import io.a2g.common.testkit.http.Api;
import io.a2g.user.UserServiceApplication;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/** Needs a database of its own: in the shared one there are always other administrators. */
class LastAdministratorIT {

  private static MigratedDatabase database;
  private static ConfigurableApplicationContext service;
  private static Api api;

  @BeforeAll
  static void start() {
    database = TestDatabase.get().migrated("last_administrator");
    var application = new SpringApplication(UserServiceApplication.class);
    var arguments =
        Stream.concat(
                // A role that was remembered from a moment ago would decide instead of the rule.
                Stream.of("--server.port=0", "--platform.security.caller-cache-time=0s"),
                database.properties(PlatformSchema.USERS).entrySet().stream()
                    .map(entry -> "--" + entry.getKey() + "=" + entry.getValue()))
            .toArray(String[]::new);
    service = application.run(arguments);
    int port = ((WebServerApplicationContext) service).getWebServer().getPort();
    api = new Api(URI.create("http://127.0.0.1:" + port), null);
  }

  @AfterAll
  static void stop() {
    service.close();
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

  private static CompletableFuture<Integer> dismissal(TestUser by, TestUser whom) {
    return CompletableFuture.supplyAsync(
        () -> api.as(by.key()).put(path(whom), object("role", "PENDING")).status());
  }

  private static String path(TestUser user) {
    return "/api/v1/users/" + user.id() + "/role";
  }
}
