package io.a2g.common.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

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
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;

class AccessTokenVerifierTests {

  private static final String ISSUER = "https://users.example";
  private static final JOSEObjectType AT_JWT = new JOSEObjectType("at+jwt");

  private static RSAKey published;
  private static RSAKey stranger;

  private int reads;
  private boolean databaseGone;

  private final AccessTokenVerifier verifier =
      new AccessTokenVerifier(PublishedKeys.remembered(this::read), ISSUER);

  @BeforeAll
  static void drawKeys() throws JOSEException {
    published = new RSAKeyGenerator(2048).keyID("published").generate();
    stranger = new RSAKeyGenerator(2048).keyID("stranger").generate();
  }

  @Test
  void readsWhoAndWhatAndOfWhichGrant() throws Exception {
    assertThat(verifier.verify(signed(claims(), published)))
        .contains(
            new AccessToken(7, "grant-1", Scopes.parse(List.of("agents:read", "chat:write"))));
  }

  @Test
  void needsThePublishedKeysOnce() throws Exception {
    verifier.verify(signed(claims(), published));
    verifier.verify(signed(claims(), published));

    assertThat(reads).isOne();
  }

  @Test
  void refusesAForgedSignature() throws Exception {
    assertThat(verifier.verify(signed(claims(), stranger, "published"))).isEmpty();
  }

  @Test
  void refusesAChangedBody() throws Exception {
    String[] parts = signed(claims(), published).split("\\.", -1);
    String other = claims().subject("1").build().toString();
    String body =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(other.getBytes(StandardCharsets.UTF_8));

    assertThat(verifier.verify(parts[0] + "." + body + "." + parts[2])).isEmpty();
  }

  @Test
  void refusesAnUnknownKeyWithoutReadingTheKeysEachTime() throws Exception {
    String token = signed(claims(), stranger);
    for (int attempt = 0; attempt < 50; attempt++) {
      assertThat(verifier.verify(token)).isEmpty();
    }

    assertThat(reads).isBetween(1, 4);
  }

  @Test
  void refusesATokenWithoutSignature() {
    assertThat(verifier.verify(new PlainJWT(claims().build()).serialize())).isEmpty();
  }

  @Test
  void refusesThePublicKeyUsedAsASharedSecret() throws Exception {
    var header = new JWSHeader.Builder(JWSAlgorithm.HS256).type(AT_JWT).keyID("published").build();
    byte[] secret = published.toPublicJWK().toRSAPublicKey().getEncoded();

    assertThat(verifier.verify(signed(header, claims().build(), new MACSigner(secret)))).isEmpty();
  }

  @Test
  void refusesAnExpiredOne() throws Exception {
    refuses(claims -> claims.expirationTime(in(Duration.ofMinutes(-2))));
    refuses(claims -> claims.expirationTime(null));
  }

  @Test
  void refusesOneOfTheFuture() throws Exception {
    refuses(claims -> claims.notBeforeTime(in(Duration.ofMinutes(2))));
    refuses(claims ->
        claims
            .notBeforeTime(null)
            .issueTime(in(Duration.ofMinutes(2)))
            .expirationTime(in(Duration.ofMinutes(7))));
    refuses(claims -> claims.issueTime(null));
  }

  @Test
  void refusesOneThatLivesLongerThanTheIssuerGives() throws Exception {
    refuses(
        claims -> claims.issueTime(in(Duration.ZERO)).expirationTime(in(Duration.ofMinutes(16))));
    refuses(claims ->
        claims.issueTime(in(Duration.ofDays(-1))).expirationTime(in(Duration.ofMinutes(5))));
  }

  @Test
  void refusesOneThatIsLargerThanAnyOfOurs() throws Exception {
    refuses(claims -> claims.claim("padding", "x".repeat(8_192)));
  }

  @Test
  void allowsClocksToDifferByHalfAMinute() throws Exception {
    var late = claims().expirationTime(in(Duration.ofSeconds(-30)));
    var early = claims().notBeforeTime(in(Duration.ofSeconds(30)));

    assertThat(verifier.verify(signed(late, published))).isPresent();
    assertThat(verifier.verify(signed(early, published))).isPresent();
  }

  @Test
  void refusesAnotherIssuerOrAudience() throws Exception {
    refuses(claims -> claims.issuer(ISSUER + "/"));
    refuses(claims -> claims.issuer(null));
    refuses(claims -> claims.audience("another-platform"));
    refuses(claims -> claims.audience((String) null));
  }

  @Test
  void refusesAnIdToken() throws Exception {
    var header =
        new JWSHeader.Builder(JWSAlgorithm.RS256).type(JOSEObjectType.JWT).keyID("published");
    String asIs = signed(header.build(), claims().build(), new RSASSASigner(published));

    assertThat(verifier.verify(asIs)).isEmpty();
    refuses(claims -> claims.audience("some-client").claim("nonce", "n"));
  }

  @Test
  void refusesOneThatIsNoUsersOrHasNoGrant() throws Exception {
    refuses(claims -> claims.subject("agent-service"));
    refuses(claims -> claims.subject("-7"));
    refuses(claims -> claims.subject("99999999999999999999"));
    refuses(claims -> claims.claim("sid", null));
  }

  @Test
  void withoutScopeItIsGoodForNothing() throws Exception {
    assertThat(verifier.verify(signed(claims().claim("scope", null), published)))
        .hasValueSatisfying(token -> assertThat(token.scopes().tokens()).isEmpty());
  }

  @Test
  void knowsServicesByTheirOwnTokensOnly() throws Exception {
    var service = claims().subject("chat-service").claim("scope", "internal").claim("sid", null);

    assertThat(verifier.verifyService(signed(service, published))).contains("chat-service");
    assertThat(verifier.verify(signed(service, published))).isEmpty();
    assertThat(verifier.verifyService(signed(service.subject("someone"), published))).isEmpty();
    assertThat(verifier.verifyService(signed(claims().claim("scope", "internal"), published)))
        .isEmpty();
    service.subject("chat-service").claim("scope", "chat:read");
    assertThat(verifier.verifyService(signed(service, published))).isEmpty();
  }

  @Test
  void refusesWhatIsNoToken() {
    for (String text :
        List.of("", ".", "..", "a.b.c", "eyJhbGciOiJub25lIn0..", "x".repeat(9_000))) {
      assertThat(verifier.verify(text)).as(text).isEmpty();
    }
  }

  @Test
  void blamesTheKeysWhenTheyCannotBeRead() throws Exception {
    databaseGone = true;
    String token = signed(claims(), published);

    assertThatExceptionOfType(DataAccessResourceFailureException.class)
        .isThrownBy(() -> verifier.verify(token));
  }

  private List<String> read() {
    reads++;
    if (databaseGone) {
      throw new DataAccessResourceFailureException("gone");
    }
    return List.of(published.toPublicJWK().toJSONString());
  }

  private void refuses(UnaryOperator<JWTClaimsSet.Builder> change) throws JOSEException {
    assertThat(verifier.verify(signed(change.apply(claims()), published))).isEmpty();
  }

  private static JWTClaimsSet.Builder claims() {
    return new JWTClaimsSet.Builder()
        .issuer(ISSUER)
        .subject("7")
        .audience("a2g")
        .jwtID("token-1")
        .issueTime(in(Duration.ofMinutes(-5)))
        .notBeforeTime(in(Duration.ofMinutes(-5)))
        .expirationTime(in(Duration.ofMinutes(5)))
        .claim("client_id", "some-client")
        .claim("sid", "grant-1")
        .claim("scope", "openid agents:read chat:write");
  }

  private static Date in(Duration time) {
    return Date.from(Instant.now().plus(time));
  }

  private static String signed(JWTClaimsSet.Builder claims, RSAKey key) throws JOSEException {
    return signed(claims, key, key.getKeyID());
  }

  private static String signed(JWTClaimsSet.Builder claims, RSAKey key, String keyId)
      throws JOSEException {
    var header = new JWSHeader.Builder(JWSAlgorithm.RS256).type(AT_JWT).keyID(keyId).build();
    return signed(header, claims.build(), new RSASSASigner(key));
  }

  private static String signed(JWSHeader header, JWTClaimsSet claims, JWSSigner signer)
      throws JOSEException {
    var jwt = new SignedJWT(header, claims);
    jwt.sign(signer);
    return jwt.serialize();
  }
}
