package io.a2g.user.oauth;

import static io.a2g.common.testkit.http.Api.object;
import static org.assertj.core.api.Assertions.assertThat;

import io.a2g.common.testkit.TestUser;
import io.a2g.common.testkit.http.Answer;
import io.a2g.common.testkit.http.Api;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A registered client and what it does with the endpoints.
 *
 * @param secret null: a public client
 */
record TestClient(Api api, long id, String clientId, @Nullable String secret) {

  static final String REDIRECT = "https://client.example/callback";
  static final String AFTER_LOGOUT = "https://client.example/bye";
  static final String VERIFIER = "a-verifier-of-at-least-forty-three-characters-1234567890";
  private static final AtomicInteger COUNT = new AtomicInteger();

  /** One for users, with a secret or without. */
  static TestClient forUsers(Api admin, boolean confidential, boolean consent) {
    return register(
        admin,
        confidential,
        object(
            "grant_types", List.of("authorization_code", "refresh_token"),
            "redirect_uris", List.of(REDIRECT),
            "post_logout_redirect_uris", List.of(AFTER_LOGOUT),
            "scopes",
                List.of(
                    "openid",
                    "profile",
                    "email",
                    "offline_access",
                    "users:read",
                    "users:write",
                    "agents:read"),
            "consent_required", consent));
  }

  /** One for itself. */
  static TestClient service(Api admin, String... scopes) {
    return register(
        admin,
        true,
        object("grant_types", List.of("client_credentials"), "scopes", List.of(scopes)));
  }

  private static TestClient register(Api admin, boolean confidential, Map<String, Object> body) {
    String clientId = "test" + COUNT.incrementAndGet() + "-" + System.nanoTime();
    Map<String, Object> whole = new LinkedHashMap<>(body);
    whole.putAll(object("client_id", clientId, "name", "Test", "confidential", confidential));
    Answer answer = admin.post("/api/v1/oauth-clients", whole).expect(201);
    JsonNode secret = answer.at("/client_secret");
    return new TestClient(
        admin.as(null), answer.id(), clientId, secret.isMissingNode() ? null : secret.asString());
  }

  /** The path of an authorization request with PKCE; further parameters override. */
  String authorization(String scope, String... parameters) {
    Map<String, String> query = new LinkedHashMap<>();
    query.put("response_type", "code");
    query.put("client_id", clientId);
    query.put("redirect_uri", REDIRECT);
    query.put("scope", scope);
    query.put("state", "the-state");
    query.put("nonce", "the-nonce");
    query.put("code_challenge", challenge());
    query.put("code_challenge_method", "S256");
    for (int i = 0; i < parameters.length; i += 2) {
      query.put(parameters[i], parameters[i + 1]);
      if (parameters[i + 1].isEmpty()) {
        query.remove(parameters[i]);
      }
    }
    return "/oauth2/authorize?" + Browser.encode(query);
  }

  private static String challenge() {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(new OpaqueToken(VERIFIER).sha256());
  }

  /** Signs a user in and returns the code the client gets. */
  String code(Browser browser, TestUser user, String scope) {
    Answer asked = browser.get(authorization(scope)).expect(302);
    Answer signedIn = browser.signIn(asked.header("Location"), user.key()).expect(303);
    Answer answered = browser.get(signedIn.header("Location")).expect(302);
    return parameters(answered.header("Location")).get("code");
  }

  /** The query parameters of where a browser is sent. */
  static Map<String, String> parameters(String location) {
    assertThat(location).startsWith(REDIRECT + "?");
    Map<String, String> parameters = new LinkedHashMap<>();
    for (String pair : URI.create(location).getRawQuery().split("&", -1)) {
      String[] parts = pair.split("=", 2);
      parameters.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
    }
    return parameters;
  }

  Answer exchange(String code) {
    return token(
        "grant_type",
        "authorization_code",
        "code",
        code,
        "redirect_uri",
        REDIRECT,
        "code_verifier",
        VERIFIER);
  }

  Answer refresh(String refreshToken) {
    return token("grant_type", "refresh_token", "refresh_token", refreshToken);
  }

  Answer token(String... form) {
    return post("/oauth2/token", form);
  }

  /** Posts a form as this client. */
  Answer post(String path, String... form) {
    Map<String, String> fields = new LinkedHashMap<>();
    for (int i = 0; i < form.length; i += 2) {
      fields.put(form[i], form[i + 1]);
    }
    String[] headers = {};
    if (secret == null) {
      fields.put("client_id", clientId);
    } else {
      String credential = clientId + ":" + secret;
      headers =
          new String[] {
            "Authorization",
            "Basic "
                + Base64.getEncoder()
                    .encodeToString(credential.getBytes(StandardCharsets.ISO_8859_1))
          };
    }
    return api.send(
        "POST",
        path,
        new Api.Body(
            "application/x-www-form-urlencoded",
            Browser.encode(fields).getBytes(StandardCharsets.US_ASCII)),
        headers);
  }

  TestClient withSecret(String other) {
    return new TestClient(api, id, clientId, other);
  }

  /** A part of a JWT: 0 the header, 1 the claims. */
  static JsonNode part(String jwt, int index) {
    return JsonMapper.shared().readTree(Base64.getUrlDecoder().decode(jwt.split("\\.", -1)[index]));
  }
}
