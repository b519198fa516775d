package io.a2g.common.testkit;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.a2g.common.security.Scope;
import io.a2g.common.testkit.database.MigratedDatabase;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Signs access tokens with a key that the users schema publishes, so that tests can make tokens
 * which are wrong in one way and right in all others.
 */
final class TestIssuer {

  private static final JOSEObjectType ACCESS_TOKEN = new JOSEObjectType("at+jwt");
  private static final String SCOPES =
      Scope.all().stream().map(Scope::token).collect(Collectors.joining(" "));

  private final MigratedDatabase database;
  private final String issuer;
  private final RSAKey published;
  private final RSAKey stranger;

  /**
   * @param issuer what services expect as {@code iss}
   */
  TestIssuer(MigratedDatabase database, String issuer) {
    this.database = database;
    this.issuer = issuer;
    try {
      published = new RSAKeyGenerator(2048).keyID("test-" + UUID.randomUUID()).generate();
      stranger = new RSAKeyGenerator(2048).keyID("stranger-" + UUID.randomUUID()).generate();
      // In clear text, as a release before kept it: it signs, should its turn come.
      execute(
          """
          INSERT INTO users.signing_keys (kid, public_jwk, private_key, signs_from)
          VALUES (?, ?, ?, now() + interval '30 minutes')
          """,
          published.getKeyID(),
          published.toPublicJWK().toJSONString(),
          published.toRSAPrivateKey().getEncoded());
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Takes the key back. */
  void withdraw() {
    execute("DELETE FROM users.signing_keys WHERE kid = ?", published.getKeyID());
  }

  /** A token that is right in every way, of a new grant. */
  String valid(TestUser user) {
    return signed(ACCESS_TOKEN, published, claims(user, grant(user)).build());
  }

  /** Tokens of this user that nobody may accept; what is wrong → token. */
  Map<String, String> wrong(TestUser user, TestUser other) {
    String grant = grant(user);
    Map<String, String> tokens = new LinkedHashMap<>();
    UnaryOperator<JWTClaimsSet.Builder> same = claims -> claims;
    tokens.put("forged signature", forged(user, grant));
    tokens.put("unknown kid", signed(ACCESS_TOKEN, stranger, claims(user, grant).build()));
    tokens.put("key of its own in the header", withKeyOfItsOwn(user, grant));
    tokens.put("changed body", changed(user, grant, other));
    tokens.put("alg none", none("none", user, grant));
    tokens.put("alg nOnE", none("nOnE", user, grant));
    tokens.put("no signature", new PlainJWT(claims(user, grant).build()).serialize());
    tokens.put("HS256 with the public key", hmac(user, grant));
    tokens.put(
        "expired", token(user, grant, claims -> claims.issueTime(in(-10)).expirationTime(in(-2))));
    tokens.put("without end", token(user, grant, claims -> claims.expirationTime(null)));
    tokens.put("not yet valid", token(user, grant, claims -> claims.notBeforeTime(in(3))));
    tokens.put(
        "issued tomorrow",
        token(
            user,
            grant,
            claims -> claims.notBeforeTime(null).issueTime(in(1440)).expirationTime(in(1445))));
    tokens.put("living for a day", token(user, grant, claims -> claims.expirationTime(in(1440))));
    tokens.put("of another audience", token(user, grant, claims -> claims.audience("other")));
    tokens.put("of no audience", token(user, grant, claims -> claims.audience((String) null)));
    tokens.put(
        "of another issuer", token(user, grant, claims -> claims.issuer("https://evil.example")));
    tokens.put(
        "ID token",
        signed(JOSEObjectType.JWT, published, claims(user, grant).audience("client").build()));
    tokens.put("typ JWT", signed(JOSEObjectType.JWT, published, claims(user, grant).build()));
    tokens.put("of a service", token(user, grant, claims -> claims.subject("chat-service")));
    tokens.put("of another's grant", token(other, grant, same));
    tokens.put("of no grant", token(user, "never-granted", same));
    tokens.put("of a revoked grant", token(user, revokedGrant(user), same));
    return tokens;
  }

  private String token(TestUser user, String grant, UnaryOperator<JWTClaimsSet.Builder> change) {
    return signed(ACCESS_TOKEN, published, change.apply(claims(user, grant)).build());
  }

  private JWTClaimsSet.Builder claims(TestUser user, String grant) {
    return new JWTClaimsSet.Builder()
        .issuer(issuer)
        .subject(Long.toString(user.id()))
        .audience("a2g")
        .jwtID(UUID.randomUUID().toString())
        .issueTime(in(0))
        .notBeforeTime(in(0))
        .expirationTime(in(5))
        .claim("client_id", "test")
        .claim("sid", grant)
        .claim("scope", SCOPES);
  }

  private String forged(TestUser user, String grant) {
    return sign(
        new JWSHeader.Builder(JWSAlgorithm.RS256).type(ACCESS_TOKEN).keyID(published.getKeyID()),
        claims(user, grant).build(),
        rsa(stranger));
  }

  private String withKeyOfItsOwn(TestUser user, String grant) {
    return sign(
        new JWSHeader.Builder(JWSAlgorithm.RS256)
            .type(ACCESS_TOKEN)
            .keyID(published.getKeyID())
            .jwk(stranger.toPublicJWK()),
        claims(user, grant).build(),
        rsa(stranger));
  }

  private String changed(TestUser user, String grant, TestUser other) {
    String[] parts = token(user, grant, claims -> claims).split("\\.", -1);
    return parts[0] + "." + base64(claims(other, grant(other)).build().toString()) + "." + parts[2];
  }

  private String none(String algorithm, TestUser user, String grant) {
    String header =
        "{\"alg\":\"%s\",\"typ\":\"at+jwt\",\"kid\":\"%s\"}"
            .formatted(algorithm, published.getKeyID());
    return base64(header) + "." + base64(claims(user, grant).build().toString()) + ".";
  }

  private String hmac(TestUser user, String grant) {
    try {
      return sign(
          new JWSHeader.Builder(JWSAlgorithm.HS256).type(ACCESS_TOKEN).keyID(published.getKeyID()),
          claims(user, grant).build(),
          new MACSigner(published.toRSAPublicKey().getEncoded()));
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String signed(JOSEObjectType type, RSAKey key, JWTClaimsSet claims) {
    return sign(
        new JWSHeader.Builder(JWSAlgorithm.RS256).type(type).keyID(key.getKeyID()),
        claims,
        rsa(key));
  }

  private static String sign(JWSHeader.Builder header, JWTClaimsSet claims, JWSSigner signer) {
    var token = new SignedJWT(header.build(), claims);
    try {
      token.sign(signer);
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
    return token.serialize();
  }

  private static JWSSigner rsa(RSAKey key) {
    try {
      return new RSASSASigner(key);
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String base64(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static Date in(int minutes) {
    return Date.from(Instant.now().plus(Duration.ofMinutes(minutes)));
  }

  private String grant(TestUser user) {
    String id = UUID.randomUUID().toString();
    execute(
        """
        WITH client AS (
          INSERT INTO users.oauth_clients (client_id, name, grant_types, redirect_uris,
            post_logout_redirect_uris, scopes, consent_required)
          VALUES ('test-' || gen_random_uuid(), 'Test', '{authorization_code}',
            '{https://client.example/cb}', '{}', '{openid}', false)
          RETURNING id)
        INSERT INTO users.oauth_grants (id, client_id, user_id, grant_type, requested_scopes, scopes,
          expires_at)
        SELECT ?, client.id, ?, 'authorization_code', '{openid}', '{openid}', now() + interval '1 day'
        FROM client
        """,
        id,
        user.id());
    return id;
  }

  private String revokedGrant(TestUser user) {
    String id = grant(user);
    execute("UPDATE users.oauth_grants SET revoked_at = now() WHERE id = ?", id);
    return id;
  }

  private void execute(String sql, Object... values) {
    try (Connection connection = database.connect();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      statement.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
