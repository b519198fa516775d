package io.a2g.user.signup.web;

import static io.a2g.common.testkit.http.Api.object;
import static org.assertj.core.api.Assertions.assertThat;

import io.a2g.common.testkit.TestUser;
import io.a2g.common.testkit.TestUsers;
import io.a2g.common.testkit.database.MigratedDatabase;
import io.a2g.common.testkit.database.TestDatabase;
import io.a2g.common.testkit.http.Answer;
import io.a2g.common.testkit.http.Api;
import io.a2g.common.topology.PlatformSchema;
import io.a2g.user.UserServiceApplication;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/** Needs a database of its own: in the shared one others sign up too. */
class SignUpLimitIT {

  private static final int ROOM = 5;

  private static MigratedDatabase database;
  private static ConfigurableApplicationContext service;
  private static Api api;

  @BeforeAll
  static void start() {
    database = TestDatabase.get().migrated("sign_up_limit");
    var application = new SpringApplication(UserServiceApplication.class);
    var arguments =
        Stream.concat(
                Stream.of("--server.port=0", "--A2G_SIGN_UP_MAX_PENDING=" + ROOM),
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
  void manyAtOnceFillTheRoomExactlyAndADecisionMakesRoom() {
    TestUser admin = new TestUsers(database).admin();
    List<CompletableFuture<Answer>> strangers =
        IntStream.range(0, 4 * ROOM)
            .mapToObj(i -> CompletableFuture.supplyAsync(() -> signUp("stranger" + i)))
            .toList();

    List<Answer> answers = strangers.stream().map(CompletableFuture::join).toList();

    List<Answer> in = answers.stream().filter(answer -> answer.status() == 201).toList();
    assertThat(in).hasSize(ROOM);
    assertThat(answers)
        .filteredOn(answer -> answer.status() != 201)
        .allSatisfy(answer -> {
          answer.expectProblem(503, "unavailable");
          assertThat(answer.header("Retry-After")).isEqualTo("3600");
        });
    api.as(admin.key()).post("/api/v1/users/" + in.getFirst().id() + "/approve", "").expect(200);
    signUp("late").expect(201);
    signUp("later").expectProblem(503, "unavailable");
  }

  private static Answer signUp(String name) {
    return api.post("/api/v1/sign-ups", object("username", name));
  }
}
