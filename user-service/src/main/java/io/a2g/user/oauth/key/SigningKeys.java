package io.a2g.user.oauth.key;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import io.a2g.common.audit.AuditLog;
import io.a2g.common.secret.UnreadableSecret;
import io.a2g.user.oauth.OAuthProperties;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPublicKey;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Makes keys, says which one signs and which are published, and replaces them. The first key is
 * made when the first token needs one, so that a start costs none. Nothing is remembered: what one
 * replica changes, the others do at once.
 */
@Service
public class SigningKeys {

  private static final int BITS = 2048;
  // Over the life of the last token: clocks of services may differ by this much.
  private static final Duration SKEW = Duration.ofMinutes(1);

  // Until then replicas of before a rollout may sign, which cannot read what this one encrypts.
  private static final Duration ROLLOUT = Duration.ofHours(1);

  private final JdbcClient jdbc;
  private final OAuthProperties properties;
  private final AuditLog audit;
  private final Clock clock;
  private final PrivateKeys privateKeys;
  private final Instant started;

  SigningKeys(
      JdbcClient jdbc,
      OAuthProperties properties,
      AuditLog audit,
      Clock clock,
      PrivateKeys privateKeys) {
    this.jdbc = jdbc;
    this.properties = properties;
    this.audit = audit;
    this.clock = clock;
    this.privateKeys = privateKeys;
    this.started = clock.instant();
  }

  /** The public halves of the keys whose tokens are accepted, or will be. */
  public List<JWK> published() {
    return jdbc.sql("SELECT jwk FROM users.published_signing_keys()")
        .query((row, number) -> parse(row.getString(1)))
        .list();
  }

  /**
   * The key that signs now, with its private half. Makes the first one.
   *
   * @throws UnreadableSecret when the private half does not open
   */
  @Transactional
  public RSAKey signing() {
    return findSigning()
        .orElseGet(() -> {
          KeyPair pair = generate();
          lock();
          return findSigning()
              .orElseGet(() -> {
                insert(pair, clock.instant());
                return findSigning().orElseThrow();
              });
        });
  }

  /** All keys that are not forgotten yet, newest first. */
  @PreAuthorize("hasRole('ADMIN')")
  public List<SigningKey> list() {
    return stored();
  }

  /**
   * Makes the next key.
   *
   * @param compromised the keys of before are withdrawn now, with every token they signed, and the
   *     new one signs at once; otherwise it is published first and takes over later
   */
  @PreAuthorize("hasRole('ADMIN')")
  @Transactional
  public SigningKey rotate(boolean compromised) {
    KeyPair pair = generate();
    lock();
    privateKeys.encryptAll();
    return replace(pair, compromised ? Duration.ZERO : properties.keyNotice(), compromised);
  }

  /**
   * What the schedule does: makes the next key when it is time, forgets withdrawn ones, and, from
   * an hour after the start, encrypts what the current master key has not encrypted.
   */
  @Transactional
  public void maintain() {
    lock();
    Instant now = clock.instant();
    jdbc.sql("DELETE FROM users.signing_keys WHERE published_until < ?")
        .param(utc(now.minus(properties.keyTime())))
        .update();
    if (now.isAfter(started.plus(ROLLOUT))) {
      privateKeys.encryptAll();
    }
    Optional<Instant> newest =
        jdbc.sql("SELECT max(signs_from) FROM users.signing_keys")
            .query((row, number) ->
                Optional.ofNullable(instant(row.getObject(1, OffsetDateTime.class))))
            .single();
    // No key at all: the first token makes it.
    if (newest.isPresent()
        && newest.get().plus(properties.keyTime()).minus(properties.keyNotice()).isBefore(now)) {
      replace(generate(), properties.keyNotice(), false);
    }
  }

  private SigningKey replace(KeyPair pair, Duration notice, boolean compromised) {
    Instant now = clock.instant();
    Instant takesOver = now.plus(notice);
    Instant accepted = compromised ? now : takesOver.plus(properties.accessTokenTime()).plus(SKEW);
    jdbc.sql(
            """
            UPDATE users.signing_keys SET published_until = :until
            WHERE published_until IS NULL OR (:compromised AND published_until > :until)
            """)
        .param("until", utc(accepted))
        .param("compromised", compromised)
        .update();
    String kid = insert(pair, takesOver);
    SigningKey made =
        stored().stream().filter(key -> key.kid().equals(kid)).findFirst().orElseThrow();
    audit.record(
        compromised ? "signing_key.replaced_at_once" : "signing_key.rotated",
        "signing_key",
        made.id(),
        null,
        made);
    return made;
  }

  // Replicas make one key together.
  private void lock() {
    jdbc.sql("SELECT pg_advisory_xact_lock(hashtextextended('users.signing_keys', 0))")
        .query((row, number) -> true)
        .single();
  }

  private Optional<RSAKey> findSigning() {
    return jdbc.sql(
            """
            SELECT id, public_jwk, private_key, private_key_sealed FROM users.signing_keys
            WHERE signs_from <= :now AND (published_until IS NULL OR published_until > :now)
            ORDER BY signs_from DESC, kid LIMIT 1
            """)
        .param("now", utc(clock.instant()))
        .query(PrivateKeys::row)
        .optional()
        .map(stored ->
            new RSAKey.Builder(parse(stored.publicJwk()).toRSAKey())
                .privateKey(privateKeys.open(stored))
                .build());
  }

  private List<SigningKey> stored() {
    Instant now = clock.instant();
    return jdbc.sql(
            """
            SELECT id, kid, signs_from, published_until, created_at,
              split_part(private_key_sealed, '.', 2),
              signs_from = (SELECT max(k.signs_from) FROM users.signing_keys k
                            WHERE k.signs_from <= :now
                              AND (k.published_until IS NULL OR k.published_until > :now))
            FROM users.signing_keys ORDER BY signs_from DESC, kid
            """)
        .param("now", utc(now))
        .query((row, number) -> {
          Instant from = row.getObject(3, OffsetDateTime.class).toInstant();
          Instant until = instant(row.getObject(4, OffsetDateTime.class));
          return new SigningKey(
              row.getLong(1),
              row.getString(2),
              state(now, from, until, row.getBoolean(7)),
              from,
              until,
              row.getObject(5, OffsetDateTime.class).toInstant(),
              row.getString(6));
        })
        .list();
  }

  private static SigningKey.State state(
      Instant now, Instant from, @Nullable Instant until, boolean newest) {
    if (until != null && !until.isAfter(now)) {
      return SigningKey.State.WITHDRAWN;
    }
    if (from.isAfter(now)) {
      return SigningKey.State.NEXT;
    }
    return newest ? SigningKey.State.SIGNING : SigningKey.State.RETIRING;
  }

  // Before the lock where others may wait for it: on a busy machine it takes seconds.
  private static KeyPair generate() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(BITS);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK makes RSA keys", e);
    }
  }

  private String insert(KeyPair pair, Instant signsFrom) {
    try {
      RSAKey key =
          new RSAKey.Builder((RSAPublicKey) pair.getPublic())
              .keyUse(KeyUse.SIGNATURE)
              .algorithm(JWSAlgorithm.RS256)
              .keyIDFromThumbprint()
              .build();
      // The id first: the private half is encrypted for its row.
      long id =
          jdbc.sql("SELECT nextval(pg_get_serial_sequence('users.signing_keys', 'id'))")
              .query(Long.class)
              .single();
      jdbc.sql(
              """
              INSERT INTO users.signing_keys (id, kid, public_jwk, private_key_sealed, signs_from)
              OVERRIDING SYSTEM VALUE VALUES (?, ?, ?, ?, ?)
              """)
          .params(
              id,
              key.getKeyID(),
              key.toJSONString(),
              privateKeys.seal(id, pair.getPrivate()),
              utc(signsFrom))
          .update();
      return key.getKeyID();
    } catch (JOSEException e) {
      throw new IllegalStateException("every JDK makes thumbprints", e);
    }
  }

  private static JWK parse(String json) {
    try {
      return JWK.parse(json);
    } catch (ParseException e) {
      throw new IllegalStateException("A stored public key is broken.", e);
    }
  }

  private static OffsetDateTime utc(Instant time) {
    return time.atOffset(ZoneOffset.UTC);
  }

  private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
    return time == null ? null : time.toInstant();
  }
}
