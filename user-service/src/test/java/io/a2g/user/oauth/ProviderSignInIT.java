package io.a2g.user.oauth;

import static io.a2g.common.testkit.http.Api.object;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.a2g.common.testkit.TestUser;
import io.a2g.common.testkit.TestUsers;
import io.a2g.common.testkit.database.MigratedDatabase;
import io.a2g.common.testkit.database.TestDatabase;
import io.a2g.common.testkit.http.Api;
import io.a2g.common.topology.PlatformSchema;
import io.a2g.user.UserServiceApplication;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;

/**
 * Who comes by the identity provider: what is taken from it, and how many may wait. Needs a
 * database of its own, because in the shared one others wait too.
 */
class ProviderSignInIT {

  private static final int ROOM = 3;

  private static TestProvider provider;
  private static MigratedDatabase database;
  private static ConfigurableApplicationContext service;
  private static Api anonymous;

  private Api admin;
  private Browser browser;

  @BeforeAll
  static void start() {
    provider = new TestProvider();
    database = TestDatabase.get().migrated("provider_sign_in");
    List<String> arguments = new ArrayList<>();
    arguments.add("--server.port=0");
    arguments.add("--A2G_SIGN_UP_MAX_PENDING=" + ROOM);
    arguments.add("--A2G_IDP_ISSUER=" + provider.issuer());
    arguments.add("--A2G_IDP_CLIENT_ID=" + TestProvider.CLIENT_ID);
    arguments.add("--A2G_IDP_CLAIM_NAME_KR=name_kr");
    arguments.add("--A2G_IDP_CLAIM_DEPT_CODE=department");
    database
        .properties(PlatformSchema.USERS)
        .forEach((name, value) -> arguments.add("--" + name + "=" + value));
    service =
        new SpringApplication(UserServiceApplication.class).run(arguments.toArray(String[]::new));
    int port = ((WebServerApplicationContext) service).getWebServer().getPort();
    anonymous = new Api(URI.create("http://127.0.0.1:" + port), null);
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> anonymous.get("/actuator/health/readiness").status() == 200);
  }

  @AfterAll
  static void stop() {
    service.close();
    provider.close();
  }

  @BeforeEach
  void open() {
    TestUser boss = new TestUsers(database).admin();
    admin = anonymous.as(boss.key());
    browser = new Browser(anonymous.base());
  }

  @AfterEach
  void decideAboutPendingUsers() {
    pending().forEach(id -> admin.post("/api/v1/users/" + id + "/approve", "").expect(200));
  }

  @Test
  void firstSignInTakesWhatIsMappedAndWaitsForApproval() {
    signIn(
        Map.of(
            "sub", "s-1",
            "preferred_username", "Kim.Minsu@company.example",
            "email", "kim@company.example",
            "name", "Minsu Kim",
            "name_kr", "김민수",
            "department", "D7",
            "role", "ADMIN"));

    JsonNode user = user("kim.minsu");
    assertThat(user.path("role").asString()).isEqualTo("PENDING");
    assertThat(user.path("email").asString()).isEqualTo("kim@company.example");
    assertThat(user.path("username_en").asString()).isEqualTo("Minsu Kim");
    assertThat(user.path("username_kr").asString()).isEqualTo("김민수");
    assertThat(user.path("dept_code").asString()).isEqualTo("D7");
    assertThat(audit("user.signed_up", user)).isEqualTo(1);
    assertThat(browser.get("/sign-in").text()).contains("has not approved you yet");
  }

  @Test
  void laterSignInsFillWhatIsEmptyAndOverwriteNothing() {
    signIn(Map.of("sub", "s-2", "preferred_username", "lee", "name", "First Name"));
    long id = user("lee").path("id").asLong();
    admin
        .patch("/api/v1/users/" + id, object("dept_code", "D1", "theme_preference", "dark"))
        .expect(200);

    signIn(
        Map.of(
            "sub", "s-2",
            "preferred_username", "renamed",
            "email", "lee@company.example",
            "name", "Another Name",
            "name_kr", "이",
            "department", "D9"));

    JsonNode after = user("lee");
    assertThat(after.path("id").asLong()).isEqualTo(id);
    assertThat(after.path("email").asString()).isEqualTo("lee@company.example");
    assertThat(after.path("username_kr").asString()).isEqualTo("이");
    assertThat(after.path("username_en").asString()).isEqualTo("First Name");
    assertThat(after.path("dept_code").asString()).isEqualTo("D1");
    assertThat(after.path("theme_preference").asString()).isEqualTo("dark");
    // One change by the administrator, one that filled in; signing in again changes nothing.
    signIn(Map.of("sub", "s-2", "email", "other@company.example", "department", "D9"));
    assertThat(user("lee").path("email").asString()).isEqualTo("lee@company.example");
    assertThat(audit("user.updated", after)).isEqualTo(2);
  }

  @Test
  void addressAndNameOfOthersAreNotTakenOver() {
    signIn(Map.of("sub", "s-3", "preferred_username", "park", "email", "park@company.example"));
    signIn(Map.of("sub", "s-4", "preferred_username", "park", "email", "Park@company.example"));

    assertThat(user("park").path("email").asString()).isEqualTo("park@company.example");
    assertThat(user("park-2").path("email").asString("")).isEmpty();
    assertThat(user("park-2").path("id")).isNotEqualTo(user("park").path("id"));
  }

  @Test
  void claimThatDoesNotFitIsLeftOut() {
    signIn(
        Map.of(
            "sub",
            "s-5",
            "preferred_username",
            "choi",
            "email",
            "x".repeat(300),
            "name",
            Map.of("an", "object"),
            "name_kr",
            " \u0000 ",
            "department",
            List.of("D1", "D2")));

    JsonNode user = user("choi");
    assertThat(user.path("email").asString("")).isEmpty();
    assertThat(user.path("username_en").asString("")).isEmpty();
    assertThat(user.path("dept_code").asString("")).isEmpty();
  }

  @Test
  void pageTellsThatTheLimitOfPendingUsersIsReached() {
    signIn(Map.of("sub", "s-6", "preferred_username", "early"));
    for (int i = 1; i < ROOM; i++) {
      var next = new Browser(anonymous.base());
      provider.signIn(next, Map.of("sub", "s-6-" + i, "preferred_username", "early" + i));
    }

    Browser late = new Browser(anonymous.base());
    String back = provider.signIn(late, Map.of("sub", "s-7", "preferred_username", "late"));

    assertThat(back).isEqualTo("/sign-in?problem=full");
    assertThat(late.get(back).expect(200).text()).contains("Too many people wait for approval");
    assertThat(late.get(back, "Accept-Language", "ko").expect(200).text()).contains("승인을 기다리는");
    assertThat(late.cookies().getCookieStore().getCookies())
        .noneMatch(cookie -> cookie.getName().equals("a2g_session"));
    assertThat(find("late")).isEmpty();
    // Sign-ups are counted apart; a user who waits already may sign in.
    anonymous.post("/api/v1/sign-ups", object("username", "stranger-late")).expect(201);
    signIn(Map.of("sub", "s-6", "preferred_username", "early"));
    admin.post("/api/v1/users/" + user("early").path("id").asLong() + "/approve", "").expect(200);
    signIn(Map.of("sub", "s-7", "preferred_username", "late"));
    assertThat(user("late").path("role").asString()).isEqualTo("PENDING");
  }

  @Test
  void providerIsAskedForANewSignInWhenTheClientWantsOne() {
    String request = "%2Foauth2%2Fauthorize%3Fprompt%3Dlogin%26max_age%3D60";

    assertThat(browser.get("/sign-in/idp?continue=" + request).expect(303).header("Location"))
        .contains("&prompt=login", "&max_age=60");
    assertThat(browser.get("/sign-in/idp").expect(303).header("Location"))
        .doesNotContain("prompt=", "max_age=");
  }

  @Test
  void deletedUserIsNotMadeAnew() {
    signIn(Map.of("sub", "s-8", "preferred_username", "gone"));
    admin.delete("/api/v1/users/" + user("gone").path("id").asLong()).expect(204);

    Browser again = new Browser(anonymous.base());
    String back = provider.signIn(again, Map.of("sub", "s-8", "preferred_username", "gone"));

    assertThat(back).isEqualTo("/sign-in?problem=provider");
    assertThat(find("gone")).isEmpty();
  }

  private void signIn(Map<String, Object> claims) {
    assertThat(provider.signIn(browser, claims)).isEqualTo("/sign-in");
  }

  private JsonNode user(String username) {
    List<JsonNode> found = find(username);
    assertThat(found).as(username).hasSize(1);
    return found.getFirst();
  }

  private List<JsonNode> find(String username) {
    return items("/api/v1/users?limit=200").stream()
        .filter(user -> user.path("username").asString().equals(username))
        .toList();
  }

  private List<Long> pending() {
    return items("/api/v1/users?limit=200&role=PENDING").stream()
        .map(user -> user.path("id").asLong())
        .toList();
  }

  private long audit(String action, JsonNode user) {
    return items(
            "/api/v1/audit-events?resource_type=user&action="
                + action
                + "&resource_id="
                + user.path("id").asLong())
        .size();
  }

  private List<JsonNode> items(String path) {
    return admin.get(path).expect(200).at("/items").valueStream().toList();
  }
}
