package io.a2g.user.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2g.common.testkit.PlatformIT;
import io.a2g.common.testkit.TestUser;
import io.a2g.common.testkit.http.Answer;
import java.net.URI;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client asks for in an authorization request, and what is refused and how. */
class AuthorizationRequestIT extends PlatformIT {

  private TestUser user;
  private TestClient client;
  private Browser browser;

  @BeforeEach
  void register() {
    user = users().user();
    client = TestClient.forUsers(as(users().admin()), false, false);
    browser = new Browser(anonymous().base());
  }

  @ParameterizedTest
  @ValueSource(strings = {"nonce", "unknown", "response_mode", "id_token_hint"})
  void parameterThatIsThereTwiceIsRefused(String name) {
    String path = client.authorization("openid", name, "a") + "&" + name + "=b";

    assertThat(error(path)).isEqualTo("invalid_request");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"client_id", "redirect_uri", "response_type", "scope", "state", "code_challenge"})
  void parameterThatIsThereTwiceIsShownToThePersonWhenTheClientIsInDoubt(String name) {
    Answer refused = browser.get(client.authorization("openid") + "&" + name + "=b").expect(400);

    assertThat(refused.text()).contains("<code>invalid_request</code> <code>" + name + "</code>");
  }

  @ParameterizedTest
  @CsvSource({
    "prompt, create, invalid_request",
    "prompt, none login, invalid_request",
    "max_age, abc, invalid_request",
    "max_age, -1, invalid_request",
    "max_age, 1e3, invalid_request",
    "id_token_hint, rubbish, invalid_request",
    "nonce, a\u0000b, invalid_request",
    "state, a\u0000b, invalid_request",
    "response_mode, fragment, invalid_request",
    "response_mode, form_post, invalid_request",
    "request, e30.e30., request_not_supported",
    "registration, {}, registration_not_supported",
    "code_challenge, abc, invalid_request",
    "code_challenge, 0123456789012345678901234567890123456789012, ''",
    "code_challenge, 012345678901234567890123456789012345678901, invalid_request",
    "code_challenge, 01234567890123456789012345678901234567890123, invalid_request",
    "code_challenge, 0123456789012345678901234567890123456789.12, invalid_request"
  })
  void whatCannotBeDoneIsRefused(String name, String value, String error) {
    browser.signIn("/sign-in", user.key()).expect(303);

    assertThat(error(client.authorization("openid", name, value))).isEqualTo(error);
  }

  @Test
  void clientThatAsksForNoPageGetsAnAnswerAtOnce() {
    String silent = client.authorization("openid", "prompt", "none");
    assertThat(error(silent)).isEqualTo("login_required");

    browser.signIn("/sign-in", user.key()).expect(303);

    assertThat(error(silent)).isEmpty();
    assertThat(error(client.authorization("openid", "prompt", "none", "max_age", "0")))
        .isEqualTo("login_required");
    TestClient asking = TestClient.forUsers(as(users().admin()), false, true);
    assertThat(error(asking.authorization("openid users:read", "prompt", "none")))
        .isEqualTo("consent_required");
  }

  @ParameterizedTest
  @CsvSource({"prompt, login", "prompt, select_account", "max_age, 0"})
  void userSignsInAgainWhenTheClientAsksForThat(String name, String value) {
    browser.signIn("/sign-in", user.key()).expect(303);
    TestUser other = users().user();

    Answer asked = browser.get(client.authorization("openid", name, value)).expect(302);
    assertThat(asked.header("Location")).startsWith("/sign-in?continue=");
    // A wrong key is no way round.
    browser.signIn(asked.header("Location"), "a2g_wrong").expect(401);
    Answer signedIn = browser.signIn(asked.header("Location"), other.key()).expect(303);
    Answer answered = browser.get(signedIn.header("Location")).expect(302);

    Answer tokens =
        client.exchange(TestClient.parameters(answered.header("Location")).get("code")).expect(200);
    assertThat(TestClient.part(tokens.at("/id_token").asString(), 1).path("sub").asString())
        .isEqualTo(Long.toString(other.id()));
  }

  @Test
  void signInThatIsOlderThanTheClientAllowsDoesNotCount() throws SQLException {
    browser.signIn("/sign-in", user.key()).expect(303);
    String path = client.authorization("openid", "max_age", "3600");
    assertThat(error(path)).isEmpty();

    try (var connection = database().connect();
        var statement =
            connection.prepareStatement(
                "UPDATE users.sign_in_sessions SET signed_in_at = now() - interval '61 minutes' WHERE user_id = ?")) {
      statement.setLong(1, user.id());
      statement.executeUpdate();
    }

    Answer asked = browser.get(path).expect(302);
    assertThat(asked.header("Location")).startsWith("/sign-in?continue=");
    assertThat(browser.get(client.authorization("openid")).header("Location"))
        .as("another request may use the old one")
        .startsWith(TestClient.REDIRECT);
    Answer signedIn = browser.signIn(asked.header("Location"), user.key()).expect(303);
    assertThat(error(signedIn.header("Location"))).isEmpty();
  }

  @Test
  void userIsAskedAgainWhatTheClientMayDo() {
    browser.signIn("/sign-in", user.key()).expect(303);

    Answer asked =
        browser.get(client.authorization("openid users:read", "prompt", "login consent"));
    Answer signedIn = browser.signIn(asked.header("Location"), user.key()).expect(303);
    Answer page =
        browser.get(browser.get(signedIn.header("Location")).expect(302).header("Location"));

    assertThat(page.expect(200).text()).contains("users:read", "Allow access?");
    Map<String, String> form = Browser.hidden(page);
    form.put("scope", "users:read");
    Answer allowed = browser.post("/oauth2/authorize", form).expect(302);
    assertThat(TestClient.parameters(allowed.header("Location"))).containsKey("code");
  }

  @Test
  void hintOfAnotherUserIsNotAnsweredWithThisOne() {
    String own = client.exchange(client.code(browser, user, "openid")).at("/id_token").asString();
    Browser others = new Browser(anonymous().base());
    String other =
        client.exchange(client.code(others, users().user(), "openid")).at("/id_token").asString();

    assertThat(error(client.authorization("openid", "id_token_hint", own))).isEmpty();
    assertThat(error(client.authorization("openid", "id_token_hint", other)))
        .isEqualTo("login_required");
  }

  @Test
  void requestByPostIsAnsweredLikeOneByGet() {
    Map<String, String> form = new LinkedHashMap<>();
    for (String pair : URI.create(client.authorization("openid")).getQuery().split("&", -1)) {
      form.put(pair.split("=", 2)[0], pair.split("=", 2)[1]);
    }

    Answer asked = browser.post("/oauth2/authorize", form).expect(302);
    Answer signedIn = browser.signIn(asked.header("Location"), user.key()).expect(303);

    assertThat(error(signedIn.header("Location"))).isEmpty();
    Answer again = browser.post("/oauth2/authorize", form).expect(302);
    assertThat(TestClient.parameters(again.header("Location"))).containsKey("code");
  }

  @ParameterizedTest
  @CsvSource({
    "client_id, nobody, invalid_request, is not registered on this platform",
    "redirect_uri, https://evil.example/, invalid_request, an address that is not registered",
    "response_type, token, unsupported_response_type, authorization codes alone",
    "request_uri, urn:x, request_uri_not_supported, does not understand"
  })
  void pageNamesWhatNoClientMayBeToldOf(String name, String value, String error, String text) {
    Answer refused = browser.get(client.authorization("openid", name, value)).expect(400);

    assertThat(refused.header("Location")).isNull();
    assertThat(refused.header("Content-Type")).startsWith("text/html");
    assertThat(refused.header("Content-Security-Policy")).contains("style-src 'self'");
    assertThat(refused.header("Cache-Control")).contains("no-store");
    assertThat(refused.text())
        .contains(text, "<code>" + error + "</code> <code>" + name + "</code>");
  }

  @Test
  void pageOfARefusalIsKoreanToo() {
    Answer refused =
        browser.get(
            client.authorization("openid", "client_id", "nobody"), "Accept-Language", "ko-KR");

    assertThat(refused.expect(400).text()).contains("lang=\"ko\"", "등록되어 있지 않습니다");
  }

  /** The error that the client is told of; empty when it gets a code. */
  private String error(String path) {
    Map<String, String> told =
        TestClient.parameters(browser.get(path).expect(302).header("Location"));
    assertThat(told).containsKey(told.containsKey("error") ? "error_description" : "code");
    return told.getOrDefault("error", "");
  }
}
