package io.a2g.common.secret;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import io.a2g.common.environment.SecretAutoConfiguration;
import io.a2g.common.environment.SecretProperties;
import java.util.Base64;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

class MasterKeysTests {

  private static final String GOOD = base64(Sha256.of("random to look at"));

  private final ApplicationContextRunner service =
      new ApplicationContextRunner()
          .withConfiguration(AutoConfigurations.of(SecretAutoConfiguration.class));

  @ParameterizedTest
  @ValueSource(strings = {"", " ", ",", "\n\n"})
  void withoutAKeyTheMessageSaysHowToMakeOne(String text) {
    assertThatExceptionOfType(InvalidMasterKeys.class)
        .isThrownBy(() -> MasterKeys.parse(text))
        .withMessageContaining("A2G_MASTER_KEYS_FILE")
        .withMessageContaining("head -c 32 /dev/urandom");
  }

  static Stream<byte[]> guessable() {
    byte[] counted = new byte[32];
    byte[] repeated = new byte[32];
    byte[] fewDifferent = Sha256.of("x");
    for (int i = 0; i < 32; i++) {
      counted[i] = (byte) i;
      repeated[i] = (byte) 0xA5;
      fewDifferent[i] = fewDifferent[i % 8];
    }
    return Stream.of(
        new byte[32],
        repeated,
        counted,
        fewDifferent,
        "change-me-change-me-change-me-32".getBytes(US_ASCII),
        "0123456789abcdefghijklmnopqrstuv".getBytes(US_ASCII));
  }

  @ParameterizedTest
  @MethodSource("guessable")
  void zerosSamplesAndPassPhrasesAreRefused(byte[] key) {
    assertThatExceptionOfType(InvalidMasterKeys.class)
        .isThrownBy(() -> MasterKeys.parse("k1:" + base64(key)))
        .withMessageContaining("k1")
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain(base64(key)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"k1:", "k1:AAAA", "k1:not base64", "k1", ":AAAA", "k.1:AAAA", "k1=AAAA"})
  void malformedKeysAreRefused(String text) {
    assertThatExceptionOfType(InvalidMasterKeys.class).isThrownBy(() -> MasterKeys.parse(text));
  }

  @Test
  void idIsTakenOnce() {
    assertThatExceptionOfType(InvalidMasterKeys.class)
        .isThrownBy(() -> MasterKeys.parse("k1:%1$s k1:%1$s".formatted(GOOD)));
  }

  @Test
  void randomKeysAreTakenInEitherAlphabet() {
    assertThatNoException()
        .isThrownBy(() ->
            MasterKeys.parse(
                "k1:%s,\n k2:%s\n".formatted(GOOD, GOOD.replace('+', '-').replace('/', '_'))));
    for (int i = 0; i < 2_000; i++) {
      String random = "k:" + base64(Sha256.of("draw " + i));
      assertThatNoException().isThrownBy(() -> MasterKeys.parse(random));
    }
  }

  @Test
  void onlyAServiceWithSecretsNeedsAKey() {
    service.run(context -> assertThat(context).hasNotFailed());
    service
        .withUserConfiguration(Secrets.class)
        .run(context ->
            assertThat(context.getStartupFailure())
                .rootCause()
                .isInstanceOf(InvalidMasterKeys.class));
    service
        .withUserConfiguration(Secrets.class)
        .withPropertyValues("platform.secrets.master-keys=k1:" + GOOD)
        .run(context -> assertThat(context).hasNotFailed());
  }

  @Test
  void settingsDoNotPrintTheKey() {
    assertThat(new SecretProperties("k1:" + GOOD)).asString().doesNotContain(GOOD);
  }

  @Configuration(proxyBeanMethods = false)
  static class Secrets {

    @Bean
    String usesTheCipher(SecretCipher cipher) {
      return cipher.keyId();
    }
  }

  private static String base64(byte[] key) {
    return Base64.getEncoder().encodeToString(key);
  }
}
