package io.a2g.user.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import io.a2g.common.security.Role;
import io.a2g.common.testkit.PlatformIT;
import io.a2g.common.testkit.TestUser;
import io.a2g.common.testkit.http.Answer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/**
 * A user signs in to a client: authorization code, PKCE, tokens, and what goes wrong on the way.
 */
class CodeFlowIT extends PlatformIT {

  private static final String ISSUER = "http://127.0.0.1:8001";

  private TestUser user;
  private TestClient client;
  private Browser browser;

  @BeforeEach
  void register() {
    user = users().user();
    client = TestClient.forUsers(as(users().admin()), false, false);
    browser = new Browser(anonymous().base());
  }

  @Test
  void userSignsInAndTheClientGetsTokens() throws Exception {
    Answer asked = browser.get(client.authorization("openid profile users:read")).expect(302);
    assertThat(asked.header("Location")).startsWith("/sign-in?continue=%2Foauth2%2Fauthorize%3F");
    Answer signedIn = browser.signIn(asked.header("Location"), user.key()).expect(303);
    Answer answered = browser.get(signedIn.header("Location")).expect(302);
    Map<String, String> parameters = TestClient.parameters(answered.header("Location"));
    assertThat(parameters).containsEntry("state", "the-state");

    Answer tokens = client.exchange(parameters.get("code")).expect(200);

    String access = tokens.at("/access_token").asString();
    JsonNode header = TestClient.part(access, 0);
    assertThat(header.path("alg").asString()).isEqualTo("RS256");
    assertThat(header.path("typ").asString()).isEqualTo("at+jwt");
    JsonNode claims = TestClient.part(access, 1);
    assertThat(claims.path("iss").asString()).isEqualTo(ISSUER);
    assertThat(claims.path("sub").asString()).isEqualTo(Long.toString(user.id()));
    assertThat(claims.path("aud").toString()).isIn("\"a2g\"", "[\"a2g\"]");
    assertThat(claims.path("client_id").asString()).isEqualTo(client.clientId());
    assertThat(claims.path("scope").asString().split(" ", -1))
        .containsExactlyInAnyOrder("openid", "profile", "users:read");
    assertThat(claims.path("exp").asLong() - claims.path("iat").asLong()).isEqualTo(300);
    assertThat(claims.path("nbf").asLong()).isEqualTo(claims.path("iat").asLong());
    assertThat(claims.path("jti").asString()).isNotBlank();
    assertThat(claims.path("sid").asString()).isNotBlank();
    JWKSet keys = JWKSet.parse(anonymous().get("/oauth2/jwks").expect(200).text());
    SignedJWT signed = SignedJWT.parse(access);
    var key = keys.getKeyByKeyId(header.path("kid").asString()).toRSAKey();
    assertThat(signed.verify(new RSASSAVerifier(key))).isTrue();
    assertThat(key.isPrivate()).isFalse();

    JsonNode id = TestClient.part(tokens.at("/id_token").asString(), 1);
    assertThat(id.path("sub").asString()).isEqualTo(Long.toString(user.id()));
    assertThat(id.path("aud").toString()).contains(client.clientId());
    assertThat(id.path("nonce").asString()).isEqualTo("the-nonce");
    assertThat(id.path("preferred_username").asString()).isEqualTo(user.username());
    assertThat(id.path("locale").asString()).isEqualTo("en");
    assertThat(id.has("email")).isFalse();
    assertThat(id.path("auth_time").isIntegralNumber()).isTrue();

    Answer info = anonymous().get("/userinfo", "Authorization", "Bearer " + access).expect(200);
    assertThat(info.at("/sub").asString()).isEqualTo(Long.toString(user.id()));
    assertThat(info.at("/name").asString()).isEqualTo(user.username());
  }

  @Test
  void signedInBrowserIsNotAskedAgain() {
    client.code(browser, user, "openid");

    Answer again = browser.get(client.authorization("openid")).expect(302);

    assertThat(again.header("Location")).startsWith(TestClient.REDIRECT + "?code=");
  }

  @Test
  void pendingUserSignsInAndADeletedOneDoesNot() {
    TestUser pending = users().make(Role.PENDING, null);
    client.exchange(client.code(browser, pending, "openid")).expect(200);
    TestUser deleted = users().user();
    users().delete(deleted);

    Answer refused = new Browser(anonymous().base()).signIn("/sign-in", deleted.key()).expect(401);

    assertThat(refused.text()).contains("not valid");
  }

  @Test
  void sessionEndsWithItsUser() {
    client.code(browser, user, "openid");
    users().delete(user);

    assertThat(browser.get(client.authorization("openid")).expect(302).header("Location"))
        .startsWith("/sign-in?");
  }

  @Test
  void confidentialClientWorksWithItsSecretAlone() {
    TestClient web = TestClient.forUsers(as(users().admin()), true, false);
    String code = web.code(browser, user, "openid");

    web.withSecret("wrong").exchange(code).expect(401);
    assertThat(web.withSecret("wrong").exchange(code).at("/error").asString())
        .isEqualTo("invalid_client");
    web.exchange(code).expect(200);
  }

  @Test
  void wrongVerifierIsRefused() {
    String code = client.code(browser, user, "openid");

    Answer refused =
        client.token(
            "grant_type",
            "authorization_code",
            "code",
            code,
            "redirect_uri",
            TestClient.REDIRECT,
            "code_verifier",
            TestClient.VERIFIER + "x");

    assertThat(refused.expect(400).at("/error").asString()).isEqualTo("invalid_grant");
  }

  @Test
  void codeUsedAgainEndsTheGrant() {
    String code = client.code(browser, user, "openid");
    Answer tokens = client.exchange(code).expect(200);

    assertThat(client.exchange(code).expect(400).at("/error").asString())
        .isEqualTo("invalid_grant");

    client.refresh(tokens.at("/refresh_token").asString()).expect(400);
    anonymous()
        .get("/userinfo", "Authorization", "Bearer " + tokens.at("/access_token").asString())
        .expect(401);
  }

  @Test
  void codeOfAnotherClientIsRefused() {
    TestClient other = TestClient.forUsers(as(users().admin()), true, false);

    other.exchange(client.code(browser, user, "openid")).expect(400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://evil.example/callback",
        "https://client.example/callback/",
        "https://client.example/callback?x=1",
        "https://client.example.evil.example/callback",
        "https://client.example/Callback",
        "http://client.example/callback"
      })
  void unregisteredRedirectUriIsNeverRedirectedTo(String uri) {
    browser.signIn("/sign-in", user.key()).expect(303);

    Answer refused = browser.get(client.authorization("openid", "redirect_uri", uri)).expect(400);

    assertThat(refused.header("Location")).isNull();
  }

  @Test
  void authorizationNeedsPkceByS256() {
    browser.signIn("/sign-in", user.key()).expect(303);

    for (String path :
        new String[] {
          client.authorization("openid", "code_challenge", "", "code_challenge_method", ""),
          client.authorization("openid", "code_challenge_method", "plain"),
          client.authorization("openid", "code_challenge_method", "")
        }) {
      assertThat(TestClient.parameters(browser.get(path).expect(302).header("Location")))
          .containsEntry("error", "invalid_request")
          .doesNotContainKey("code");
    }
  }

  @Test
  void scopeThatTheClientMayNotAskForIsRefused() {
    browser.signIn("/sign-in", user.key()).expect(303);

    for (String scope : new String[] {"openid internal", "admin:write", "users:read bogus"}) {
      assertThat(
              TestClient.parameters(
                  browser.get(client.authorization(scope)).expect(302).header("Location")))
          .containsEntry("error", "invalid_scope");
    }
  }

  @Test
  void clientThatHasToAskGetsWhatTheUserAllows() {
    TestClient asking = TestClient.forUsers(as(users().admin()), false, true);
    browser.signIn("/sign-in", user.key()).expect(303);
    Answer asked = browser.get(asking.authorization("openid users:read agents:read")).expect(302);
    Answer page = browser.get(asked.header("Location")).expect(200);
    assertThat(page.text()).contains("users:read", "agents:read");
    Map<String, String> form = Browser.hidden(page);
    form.put("scope", "users:read");

    Answer allowed = browser.post("/oauth2/authorize", form).expect(302);

    String code = TestClient.parameters(allowed.header("Location")).get("code");
    Answer tokens = asking.exchange(code).expect(200);
    assertThat(tokens.at("/scope").asString().split(" ", -1))
        .containsExactlyInAnyOrder("openid", "users:read");
    assertThat(browser.get(asking.authorization("openid users:read")).header("Location"))
        .as("is not asked twice")
        .startsWith(TestClient.REDIRECT);
  }

  @Test
  void refusedConsentGivesNothing() {
    TestClient asking = TestClient.forUsers(as(users().admin()), false, true);
    browser.signIn("/sign-in", user.key()).expect(303);
    Answer page =
        browser.get(browser.get(asking.authorization("openid users:read")).header("Location"));

    Answer refused = browser.post("/oauth2/authorize", Browser.hidden(page)).expect(302);

    assertThat(TestClient.parameters(refused.header("Location")))
        .containsEntry("error", "access_denied");
  }

  @Test
  void discoveryTellsWhatWorksAndNothingElse() {
    Answer openid = anonymous().get("/.well-known/openid-configuration").expect(200);
    Answer oauth = anonymous().get("/.well-known/oauth-authorization-server").expect(200);

    for (Answer metadata : new Answer[] {openid, oauth}) {
      assertThat(metadata.at("/issuer").asString()).isEqualTo(ISSUER);
      assertThat(metadata.at("/token_endpoint").asString()).isEqualTo(ISSUER + "/oauth2/token");
      assertThat(metadata.at("/code_challenge_methods_supported").toString())
          .isEqualTo("[\"S256\"]");
      assertThat(metadata.at("/scopes_supported").toString())
          .contains("users:read")
          .doesNotContain("internal");
      assertThat(texts(metadata, "/grant_types_supported"))
          .containsExactlyInAnyOrder("authorization_code", "refresh_token", "client_credentials");
      assertThat(texts(metadata, "/response_types_supported")).containsExactly("code");
      assertThat(texts(metadata, "/response_modes_supported")).containsExactly("query");
      for (String endpoint : List.of("token", "revocation")) {
        assertThat(texts(metadata, "/" + endpoint + "_endpoint_auth_methods_supported"))
            .containsExactlyInAnyOrder("client_secret_basic", "client_secret_post", "none");
      }
      assertThat(texts(metadata, "/introspection_endpoint_auth_methods_supported"))
          .containsExactlyInAnyOrder("client_secret_basic", "client_secret_post");
      assertThat(metadata.text()).doesNotContainIgnoringCase("dpop").doesNotContain("tls");
    }
    assertThat(openid.at("/end_session_endpoint").asString()).isNotBlank();
    assertThat(openid.at("/userinfo_endpoint").asString()).isEqualTo(ISSUER + "/userinfo");
    assertThat(texts(openid, "/prompt_values_supported"))
        .containsExactlyInAnyOrder("none", "login", "consent", "select_account");
    assertThat(openid.at("/request_uri_parameter_supported").asBoolean(true)).isFalse();
    assertThat(anonymous().get("/userinfo").expect(401).header("WWW-Authenticate"))
        .startsWith("Bearer ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/.well-known/openid-configuration",
        "/.well-known/oauth-authorization-server",
        "/oauth2/jwks"
      })
  void publishedDocumentIsAnsweredWithoutItsBodyToo(String path) {
    Answer head = anonymous().send("HEAD", path, null).expect(200);

    assertThat(head.header("Content-Type")).startsWith("application/json");
    assertThat(head.bytes()).isEmpty();
    anonymous().get(path + "/").expectProblem(404, "not_found");
  }

  @Test
  void noHttpSessionIsMade() {
    client.code(browser, user, "openid");

    assertThat(browser.cookies().getCookieStore().getCookies())
        .extracting("name")
        .containsExactlyInAnyOrder("a2g_session", "a2g_csrf");
  }

  private static List<String> texts(Answer answer, String pointer) {
    return answer.at(pointer).valueStream().map(JsonNode::asString).toList();
  }
}
