package io.a2g.user.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2g.common.testkit.PlatformIT;
import io.a2g.common.testkit.TestUser;
import io.a2g.common.testkit.http.Answer;
import io.a2g.common.testkit.http.Api;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What clients send without a browser: how they authenticate, and what is refused and how. */
class ClientRequestIT extends PlatformIT {

  private TestClient service;

  @BeforeEach
  void register() {
    service = TestClient.service(as(users().admin()), "users:read", "openid");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/oauth2/token", "/oauth2/introspect", "/oauth2/revoke"})
  void clientThatDoesNotAuthenticateIsToldHow(String path) {
    String form = "grant_type=client_credentials&token=x";
    for (Answer refused :
        new Answer[] {
          post(path, form, null),
          post(path, form, "Bearer x"),
          post(path, form + "&client_id=" + service.clientId(), null),
          post(path, form, basic(service.clientId(), "wrong")),
          post(path, form + "&client_id=nobody&client_secret=wrong", null),
          post(path, form + "&client_assertion_type=x&client_assertion=y", null)
        }) {
      assertThat(refused.expect(401).at("/error").asString()).isEqualTo("invalid_client");
      assertThat(refused.at("/error_description").asString()).isNotBlank();
      assertThat(refused.header("WWW-Authenticate")).isEqualTo("Basic realm=\"a2g\"");
      assertThat(refused.header("Content-Type")).startsWith("application/json");
      assertThat(refused.header("Cache-Control")).contains("no-store");
    }
  }

  @Test
  void clientAuthenticatesInOneWay() {
    String secret = "&client_id=" + service.clientId() + "&client_secret=" + service.secret();

    invalid(post("/oauth2/token", "grant_type=client_credentials" + secret, basic()));
    post("/oauth2/token", "grant_type=client_credentials" + secret, null).expect(200);
    post("/oauth2/token", "grant_type=client_credentials", basic()).expect(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "grant_type=client_credentials&scope=users:read&scope=openid",
        "grant_type=authorization_code&code=x&redirect_uri=x&code_verifier=x&code_verifier=y",
        "grant_type=authorization_code&code=x&code=y&redirect_uri=x&code_verifier=x",
        "grant_type=client_credentials&grant_type=refresh_token",
        "grant_type=client_credentials&other=1&other=2"
      })
  void parameterThatIsThereTwiceIsRefused(String form) {
    invalid(post("/oauth2/token", form, basic()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"short", "a verifier of forty-three characters or so, with spaces"})
  void verifierHasTheLengthAndCharactersOfPkce(String verifier) {
    TestClient client = TestClient.forUsers(as(users().admin()), false, false);
    Browser browser = new Browser(anonymous().base());
    TestUser user = users().user();
    browser.signIn("/sign-in", user.key()).expect(303);
    String challenge =
        Base64.getUrlEncoder().withoutPadding().encodeToString(new OpaqueToken(verifier).sha256());
    Answer answered =
        browser.get(client.authorization("openid", "code_challenge", challenge)).expect(302);

    invalid(
        client.token(
            "grant_type",
            "authorization_code",
            "code",
            TestClient.parameters(answered.header("Location")).get("code"),
            "redirect_uri",
            TestClient.REDIRECT,
            "code_verifier",
            verifier));
  }

  @ParameterizedTest
  @CsvSource({
    "urn:ietf:params:oauth:grant-type:token-exchange",
    "urn:ietf:params:oauth:grant-type:device_code",
    "password"
  })
  void otherGrantsAreUnknown(String grantType) {
    Answer refused =
        service.token(
            "grant_type",
            grantType,
            "subject_token",
            "x",
            "subject_token_type",
            "urn:ietf:params:oauth:token-type:access_token",
            "device_code",
            "x");

    assertThat(refused.expect(400).at("/error").asString()).isEqualTo("unsupported_grant_type");
  }

  @Test
  void proofOfPossessionIsNotAnsweredWithABearerToken() {
    invalid(
        anonymous()
            .send(
                "POST",
                "/oauth2/token",
                form("grant_type=client_credentials"),
                "Authorization",
                basic(),
                "DPoP",
                "e30.e30.x"));
  }

  @Test
  void refreshTokenIsShownToItsOwnClientAlone() {
    TestClient client = TestClient.forUsers(as(users().admin()), true, false);
    Browser browser = new Browser(anonymous().base());
    String token =
        client
            .exchange(client.code(browser, users().user(), "openid"))
            .expect(200)
            .at("/refresh_token")
            .asString();

    JsonNode own = client.post("/oauth2/introspect", "token", token).expect(200).json();
    Answer other = service.post("/oauth2/introspect", "token", token).expect(200);

    assertThat(own.path("active").asBoolean()).isTrue();
    assertThat(own.path("client_id").asString()).isEqualTo(client.clientId());
    assertThat(other.text()).isEqualTo("{\"active\":false}");
  }

  @Test
  void tokenOfAClientIsActiveAndSaysWhyItOpensNothingOfUsers() {
    String token =
        service
            .token("grant_type", "client_credentials", "scope", "users:read openid")
            .expect(200)
            .at("/access_token")
            .asString();

    assertThat(
            service
                .post("/oauth2/introspect", "token", token)
                .expect(200)
                .at("/active")
                .asBoolean())
        .isTrue();
    Answer refused = anonymous().as(token).get("/api/v1/users/me");
    assertThat(refused.expectProblem(401, "unauthenticated").at("/detail").asString())
        .contains("client's own");
    anonymous().as(token).get("/userinfo").expect(401);
  }

  private static void invalid(Answer refused) {
    assertThat(refused.expect(400).at("/error").asString()).isEqualTo("invalid_request");
    assertThat(refused.at("/error_description").asString()).isNotBlank();
  }

  private Answer post(String path, String form, @Nullable String authorization) {
    return authorization == null
        ? anonymous().send("POST", path, form(form))
        : anonymous().send("POST", path, form(form), "Authorization", authorization);
  }

  private static Api.Body form(String text) {
    return new Api.Body(
        "application/x-www-form-urlencoded", text.getBytes(StandardCharsets.US_ASCII));
  }

  private String basic() {
    return basic(service.clientId(), service.secret());
  }

  private static String basic(String clientId, @Nullable String secret) {
    return "Basic "
        + Base64.getEncoder()
            .encodeToString((clientId + ":" + secret).getBytes(StandardCharsets.US_ASCII));
  }
}
