package io.a2g.user.oauth.key;

import static io.a2g.common.testkit.http.Api.object;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.RSAKey;
import io.a2g.common.audit.AuditLog;
import io.a2g.common.secret.SecretCipher;
import io.a2g.common.secret.Sha256;
import io.a2g.common.secret.UnreadableSecret;
import io.a2g.common.testkit.PlatformIT;
import io.a2g.common.testkit.TestUser;
import io.a2g.common.testkit.http.Answer;
import io.a2g.common.testkit.http.Api;
import io.a2g.user.oauth.OAuthProperties;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Private keys at rest: encrypted, bound to their row, and readable after a rotation. */
class EncryptedKeysIT extends PlatformIT {

  @Autowired private SigningKeys keys;
  @Autowired private JdbcClient jdbc;
  @Autowired private OAuthProperties properties;
  @Autowired private AuditLog audit;
  @Autowired private Clock clock;
  @Autowired private PlatformTransactionManager transactions;

  @Value("${A2G_MASTER_KEYS}")
  private String masterKeys;

  // By which the clock of a replica made here is ahead.
  private Duration later = Duration.ZERO;
  private TestUser admin;
  private long id;

  // Keys of other tests stay out of it: this one signs, and no other is there.
  @BeforeEach
  void signWithOneKey() throws SQLException {
    admin = users().admin();
    sql("DELETE FROM users.signing_keys");
    keys.signing();
    id = number("SELECT id FROM users.signing_keys");
  }

  @AfterEach
  void leaveNothingThatDoesNotOpen() throws SQLException {
    sql("DELETE FROM users.signing_keys");
  }

  @Test
  void nothingOfThePrivateHalfIsInTheDatabase() throws SQLException {
    RSAKey key = keys.signing();

    String row = text("SELECT k::text FROM users.signing_keys k");

    byte[] secret = key.getPrivateExponent().decode();
    assertThat(row).contains("v1.test.").doesNotContain(hex(secret).substring(0, 32));
    assertThat(text("SELECT (private_key IS NULL)::text FROM users.signing_keys"))
        .isEqualTo("true");
    // The same search finds it where it is.
    storeInClearText();
    assertThat(text("SELECT k::text FROM users.signing_keys k"))
        .contains(hex(secret).substring(0, 32));
  }

  @Test
  void keyFromBeforeTheUpgradeSignsOnAndIsEncrypted() throws SQLException {
    RSAKey before = keys.signing();
    storeInClearText();

    assertThat(keys.signing()).isEqualTo(before);
    SigningKeys replica = with(masterKeys);
    maintain(replica);
    assertThat(listed("/items/0/master_key")).as("replicas of before may still sign").isEmpty();
    later = Duration.ofMinutes(61);
    maintain(replica);

    assertThat(keys.signing()).isEqualTo(before);
    assertThat(listed("/items/0/master_key")).isEqualTo("test");
    assertThat(text("SELECT (private_key IS NULL)::text FROM users.signing_keys"))
        .isEqualTo("true");
  }

  @Test
  void rotationNeedsNoMaintenance() throws SQLException {
    storeInClearText();

    as(admin).post("/api/v1/signing-keys", object()).expect(201);

    assertThat(number("SELECT count(*) FROM users.signing_keys WHERE private_key IS NOT NULL"))
        .isZero();
  }

  @Test
  void masterKeyRotatesAndTheOldOneCanGo() throws SQLException {
    RSAKey before = keys.signing();
    SigningKeys rotating = with(other("next") + "," + masterKeys);
    assertThat(rotating.signing()).isEqualTo(before);

    later = Duration.ofMinutes(61);
    maintain(rotating);

    assertThat(with(other("next")).signing()).isEqualTo(before);
    assertThat(text("SELECT private_key_sealed FROM users.signing_keys")).startsWith("v1.next.");
    // A replica that still encrypts with the old one reads, as long as it knows the new one.
    assertThat(with(masterKeys + " " + other("next")).signing()).isEqualTo(before);
  }

  @Test
  void missingAndWrongMasterKeysDoNotOpenIt() {
    assertThatExceptionOfType(UnreadableSecret.class)
        .isThrownBy(with(other("other"))::signing)
        .withMessageContaining("no key test");
    assertThatExceptionOfType(UnreadableSecret.class).isThrownBy(with(other("test"))::signing);
  }

  @Test
  void ciphertextInAnotherRowDoesNotOpen() throws SQLException {
    as(admin).post("/api/v1/signing-keys", object("compromised", true)).expect(201);
    long newer = number("SELECT max(id) FROM users.signing_keys");

    sql(
        "UPDATE users.signing_keys SET private_key_sealed = (SELECT private_key_sealed FROM users.signing_keys WHERE id = %d) WHERE id = %d"
            .formatted(id, newer));

    assertThatExceptionOfType(UnreadableSecret.class)
        .isThrownBy(keys::signing)
        .withMessageContaining("moved");
  }

  @Test
  void tamperedKeyIsAuditedOnceAndReplaced() throws SQLException {
    String client = registered();
    sql(
        "UPDATE users.signing_keys SET private_key_sealed = left(private_key_sealed, -1) || CASE right(private_key_sealed, 1) WHEN 'A' THEN 'Q' ELSE 'A' END");

    Answer refused = token(client);
    token(client);

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.at("/error").asString()).isEqualTo("server_error");
    assertThat(refused.text()).doesNotContain("v1.", "signing_keys", "master");
    assertThat(events()).isEqualTo(1);
    // Maintenance passes over it, and an administrator's new key makes tokens work again.
    SigningKeys replica = with(masterKeys);
    later = Duration.ofMinutes(61);
    maintain(replica);
    as(admin).post("/api/v1/signing-keys", object("compromised", true)).expect(201);
    assertThat(token(client).status()).isEqualTo(200);
  }

  private long events() {
    return as(admin)
        .get(
            "/api/v1/audit-events?action=signing_key.unreadable&resource_type=signing_key&resource_id="
                + id)
        .expect(200)
        .at("/items")
        .size();
  }

  /** The credential of a client for itself. */
  private String registered() {
    Answer made =
        as(admin)
            .post(
                "/api/v1/oauth-clients",
                object(
                    "client_id",
                    "keys-" + System.nanoTime(),
                    "name",
                    "Test",
                    "grant_types",
                    List.of("client_credentials"),
                    "scopes",
                    List.of("users:read")))
            .expect(201);
    return made.at("/client_id").asString() + ":" + made.at("/client_secret").asString();
  }

  private Answer token(String client) {
    return anonymous()
        .send(
            "POST",
            "/oauth2/token",
            new Api.Body(
                "application/x-www-form-urlencoded",
                "grant_type=client_credentials".getBytes(StandardCharsets.US_ASCII)),
            "Authorization",
            "Basic " + Base64.getEncoder().encodeToString(client.getBytes(StandardCharsets.UTF_8)));
  }

  private SigningKeys with(String otherMasterKeys) {
    return new SigningKeys(
        jdbc,
        properties,
        audit,
        new Clock() {
          @Override
          public Instant instant() {
            return clock.instant().plus(later);
          }

          @Override
          public ZoneId getZone() {
            return clock.getZone();
          }

          @Override
          public Clock withZone(ZoneId zone) {
            return this;
          }
        },
        new PrivateKeys(jdbc, SecretCipher.of(otherMasterKeys), audit, transactions));
  }

  private void maintain(SigningKeys made) {
    new TransactionTemplate(transactions).executeWithoutResult(status -> made.maintain());
  }

  private void storeInClearText() throws SQLException {
    try (var connection = database().connect();
        var statement =
            connection.prepareStatement(
                "UPDATE users.signing_keys SET private_key_sealed = NULL, private_key = ?")) {
      statement.setBytes(1, keys.signing().toRSAPrivateKey().getEncoded());
      statement.executeUpdate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private String listed(String pointer) {
    return as(admin).get("/api/v1/signing-keys").expect(200).at(pointer).asString("");
  }

  private static String other(String keyId) {
    return keyId
        + ":"
        + Base64.getEncoder().encodeToString(Sha256.of("master key of this test alone"));
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  private void sql(String text) throws SQLException {
    try (var connection = database().connect();
        var statement = connection.createStatement()) {
      statement.execute(text);
    }
  }

  private long number(String sql) throws SQLException {
    return Long.parseLong(text(sql));
  }

  private String text(String sql) throws SQLException {
    try (var connection = database().connect();
        var statement = connection.createStatement();
        var row = statement.executeQuery(sql)) {
      row.next();
      return String.valueOf(row.getString(1));
    }
  }
}
