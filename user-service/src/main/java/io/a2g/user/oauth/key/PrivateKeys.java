package io.a2g.user.oauth.key;

import io.a2g.common.audit.AuditLog;
import io.a2g.common.secret.SecretCipher;
import io.a2g.common.secret.SecretPlace;
import io.a2g.common.secret.UnreadableSecret;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.interfaces.RSAPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Keeps the private halves of signing keys encrypted, each for its own row. */
@Component
class PrivateKeys {

  private static final Logger log = LoggerFactory.getLogger(PrivateKeys.class);

  private final JdbcClient jdbc;
  private final SecretCipher cipher;
  private final AuditLog audit;
  private final TransactionTemplate apart;
  // Each token asks for the key: a key that does not open is reported once, not with every request.
  private final Set<Long> reported = ConcurrentHashMap.newKeySet();

  PrivateKeys(
      JdbcClient jdbc,
      SecretCipher cipher,
      AuditLog audit,
      PlatformTransactionManager transactions) {
    this.jdbc = jdbc;
    this.cipher = cipher;
    this.audit = audit;
    this.apart = new TransactionTemplate(transactions);
    this.apart.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
  }

  /** A private key as it is stored in the row with this id. */
  String seal(long id, PrivateKey key) {
    return cipher.seal(place(id), key.getEncoded());
  }

  /**
   * The private half of a stored key.
   *
   * @throws UnreadableSecret when it does not open; the audit and the log say so
   */
  RSAPrivateKey open(SigningKeyRow stored) {
    try {
      return (RSAPrivateKey)
          KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(bytes(stored)));
    } catch (UnreadableSecret e) {
      report(stored.id(), e);
      throw e;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("The stored key " + stored.id() + " is broken.", e);
    }
  }

  /**
   * Encrypts what is in clear text, and anew what another master key than the first encrypted; what
   * does not open stays as it is. Must be called under the lock of the keys.
   */
  void encryptAll() {
    List<SigningKeyRow> others =
        jdbc.sql(
                """
                SELECT id, public_jwk, private_key, private_key_sealed FROM users.signing_keys
                WHERE private_key_sealed IS NULL OR split_part(private_key_sealed, '.', 2) <> ?
                """)
            .param(cipher.keyId())
            .query(PrivateKeys::row)
            .list();
    long done = others.stream().filter(this::encrypt).count();
    if (done > 0) {
      log.info("Encrypted {} signing keys with the master key {}", done, cipher.keyId());
    }
  }

  /** A row of id, public_jwk, private_key and private_key_sealed. */
  static SigningKeyRow row(java.sql.ResultSet row, int number) throws java.sql.SQLException {
    return new SigningKeyRow(row.getLong(1), row.getString(2), row.getBytes(3), row.getString(4));
  }

  private boolean encrypt(SigningKeyRow stored) {
    String sealed;
    try {
      sealed = cipher.seal(place(stored.id()), bytes(stored));
    } catch (UnreadableSecret e) {
      report(stored.id(), e);
      return false;
    }
    jdbc.sql(
            """
            UPDATE users.signing_keys SET private_key = NULL, private_key_sealed = ? WHERE id = ?
            """)
        .params(sealed, stored.id())
        .update();
    return true;
  }

  private byte[] bytes(SigningKeyRow stored) {
    return stored.clear() != null
        ? stored.clear()
        : cipher.open(place(stored.id()), Objects.requireNonNull(stored.sealed()));
  }

  // Apart from the transaction that fails because of it.
  private void report(long id, UnreadableSecret failure) {
    if (reported.add(id)) {
      log.error("{}", failure.getMessage());
      apart.executeWithoutResult(
          status -> audit.record("signing_key.unreadable", "signing_key", id, null, null));
    }
  }

  private static SecretPlace place(long id) {
    return new SecretPlace("users.signing_keys", id, "private_key_sealed");
  }
}
