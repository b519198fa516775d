package io.a2g.common.secret;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretCipherTests {

  private static final SecretPlace PLACE = new SecretPlace("users.signing_keys", 7, "private_key");
  private static final String OLD = key("k1", "one");
  private static final String NEW = key("k2", "another");

  private final SecretCipher cipher = SecretCipher.of(OLD);

  @Test
  void whatWasSealedOpensInItsPlace() {
    String sealed = cipher.seal(PLACE, "the secret".getBytes(UTF_8));

    assertThat(sealed)
        .matches("v1\\.k1\\.[A-Za-z0-9_-]{16}\\.[A-Za-z0-9_-]+")
        .doesNotContain(Base64.getUrlEncoder().encodeToString("the secret".getBytes(UTF_8)));
    assertThat(cipher.open(PLACE, sealed)).asString(UTF_8).isEqualTo("the secret");
    assertThat(cipher.seal(PLACE, "the secret".getBytes(UTF_8))).isNotEqualTo(sealed);
  }

  @Test
  void changedByteAnywhereIsNoticed() {
    String sealed = cipher.seal(PLACE, "the secret".getBytes(UTF_8));
    int nonce = sealed.indexOf('.', 3) + 1;

    for (int i = nonce; i < sealed.length() - 1; i++) {
      if (sealed.charAt(i) != '.') {
        char other = sealed.charAt(i) == 'A' ? 'B' : 'A';
        assertUnreadable(PLACE, sealed.substring(0, i) + other + sealed.substring(i + 1), "");
      }
    }
  }

  @Test
  void ciphertextOfAnotherRowColumnOrTableDoesNotOpen() {
    String sealed = cipher.seal(PLACE, "the secret".getBytes(UTF_8));

    assertUnreadable(new SecretPlace("users.signing_keys", 8, "private_key"), sealed, "moved");
    assertUnreadable(new SecretPlace("users.signing_keys", 7, "other"), sealed, "moved");
    assertUnreadable(new SecretPlace("admin.providers", 7, "private_key"), sealed, "moved");
  }

  @Test
  void keyIdIsAuthenticatedToo() {
    // The same key under two ids: only the id differs.
    var both = SecretCipher.of(key("k1", "one") + "," + key("k2", "one"));
    String sealed = both.seal(PLACE, "the secret".getBytes(UTF_8));

    assertThatExceptionOfType(UnreadableSecret.class)
        .isThrownBy(() -> both.open(PLACE, sealed.replace("v1.k1.", "v1.k2.")));
  }

  @Test
  void missingAndWrongKeysAreToldApart() {
    String sealed = cipher.seal(PLACE, "the secret".getBytes(UTF_8));

    assertThatExceptionOfType(UnreadableSecret.class)
        .isThrownBy(() -> SecretCipher.of(NEW).open(PLACE, sealed))
        .withMessageContaining("has no key k1");
    assertThatExceptionOfType(UnreadableSecret.class)
        .isThrownBy(() -> SecretCipher.of(key("k1", "another")).open(PLACE, sealed))
        .withMessageContaining("another key is called k1");
  }

  @Test
  void firstKeyEncryptsAndAllDecrypt() {
    String before = cipher.seal(PLACE, "the secret".getBytes(UTF_8));
    var rotating = SecretCipher.of(NEW + "\n" + OLD);

    String after = rotating.seal(PLACE, rotating.open(PLACE, before));

    assertThat(rotating.keyId()).isEqualTo("k2");
    assertThat(before).startsWith("v1.k1.");
    assertThat(after).startsWith("v1.k2.");
    assertThat(SecretCipher.of(NEW).open(PLACE, after)).asString(UTF_8).isEqualTo("the secret");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "v1",
        "v1.k1.",
        "v2.k1.AAAAAAAAAAAAAAAA.AAAA",
        "v1.k1.AA.AAAA",
        "v1.k1.AAAAAAAAAAAAAAAA.",
        "v1.k1.AAAAAAAAAAAAAAAA.A",
        "v1.k1.not base64!.AAAA",
        "v1.k1.AAAAAAAAAAAAAAAA.AAAA.AAAA"
      })
  void whatIsNoCiphertextDoesNotOpen(String text) {
    assertUnreadable(PLACE, text, "");
  }

  @Test
  void messagesHoldNeitherSecretNorCiphertext() {
    String sealed = cipher.seal(PLACE, "the secret".getBytes(UTF_8));

    assertThatExceptionOfType(UnreadableSecret.class)
        .isThrownBy(() -> cipher.open(PLACE, sealed + "AAAA"))
        .withMessageContaining("users.signing_keys, row 7")
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain(sealed.substring(20)));
  }

  private void assertUnreadable(SecretPlace place, String sealed, String message) {
    assertThatExceptionOfType(UnreadableSecret.class)
        .isThrownBy(() -> cipher.open(place, sealed))
        .withMessageContaining(message);
  }

  private static String key(String id, String seed) {
    return id + ":" + Base64.getEncoder().encodeToString(Sha256.of(seed));
  }
}
