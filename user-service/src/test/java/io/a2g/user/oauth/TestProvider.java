package io.a2g.user.oauth;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import io.a2g.common.testkit.http.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.function.Supplier;
import tools.jackson.databind.json.JsonMapper;

/**
 * An OpenID provider whose users sign in without a page: the test says who comes. What an
 * independent provider does with ours is tried by {@code scripts/oidc.sh}.
 */
final class TestProvider implements AutoCloseable {

  static final String CLIENT_ID = "a2g";

  private final HttpServer server;
  private final RSAKey key;
  private volatile String nonce = "";
  private volatile Map<String, Object> claims = Map.of();

  TestProvider() {
    try {
      key = new RSAKeyGenerator(2048).keyID("provider").generate();
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
    answer("/.well-known/openid-configuration", this::metadata);
    answer("/jwks", () -> new JWKSet(key.toPublicJWK()).toJSONObject());
    answer("/token", this::tokens);
    server.start();
  }

  String issuer() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /**
   * Sends this browser to the provider and back as the user with these claims.
   *
   * @return where it is sent in the end
   */
  String signIn(Browser browser, Map<String, Object> user) {
    Answer sent = browser.get("/sign-in/idp").expect(303);
    URI there = URI.create(sent.header("Location"));
    nonce = parameter(there, "nonce");
    claims = user;
    return browser
        .get(
            "/sign-in/idp/callback?code=the-code&state="
                + URLEncoder.encode(parameter(there, "state"), UTF_8))
        .expect(303)
        .header("Location");
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private Map<String, Object> metadata() {
    return Map.of(
        "issuer",
        issuer(),
        "authorization_endpoint",
        issuer() + "/authorize",
        "token_endpoint",
        issuer() + "/token",
        "jwks_uri",
        issuer() + "/jwks",
        "response_types_supported",
        new String[] {"code"},
        "subject_types_supported",
        new String[] {"public"},
        "id_token_signing_alg_values_supported",
        new String[] {"RS256"});
  }

  private Map<String, Object> tokens() {
    return Map.of(
        "access_token", "opaque", "token_type", "Bearer", "expires_in", 60, "id_token", idToken());
  }

  private String idToken() {
    Instant now = Instant.now();
    var all =
        new JWTClaimsSet.Builder()
            .issuer(issuer())
            .audience(CLIENT_ID)
            .issueTime(Date.from(now))
            .expirationTime(Date.from(now.plusSeconds(60)))
            .claim("nonce", nonce);
    claims.forEach(all::claim);
    var token =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(), all.build());
    try {
      token.sign(new RSASSASigner(key));
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
    return token.serialize();
  }

  private void answer(String path, Supplier<Map<String, Object>> body) {
    server.createContext(
        path,
        exchange -> {
          byte[] json = JsonMapper.shared().writeValueAsString(body.get()).getBytes(UTF_8);
          exchange.getRequestBody().readAllBytes();
          exchange.getResponseHeaders().set("Content-Type", "application/json");
          exchange.sendResponseHeaders(200, json.length);
          exchange.getResponseBody().write(json);
          exchange.close();
        });
  }

  private static String parameter(URI uri, String name) {
    for (String pair : uri.getRawQuery().split("&", -1)) {
      if (pair.startsWith(name + "=")) {
        return URLDecoder.decode(pair.substring(name.length() + 1), UTF_8);
      }
    }
    throw new IllegalArgumentException("no " + name + " in " + uri);
  }
}
