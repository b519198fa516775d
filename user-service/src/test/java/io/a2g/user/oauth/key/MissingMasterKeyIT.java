package io.a2g.user.oauth.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.a2g.user.UserServiceApplication;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Without a master key the service does not start, and one line says what to do. */
@ExtendWith(OutputCaptureExtension.class)
class MissingMasterKeyIT {

  @ParameterizedTest
  @ValueSource(strings = {"", "k1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="})
  void startEndsWithOneClearLine(String keys, CapturedOutput output) {
    assertThatThrownBy(() -> start("--A2G_MASTER_KEYS=" + keys)).isNotNull();

    assertThat(output)
        .contains("APPLICATION FAILED TO START")
        .containsPattern("(?m)^.*master key.*id:key with 32 random bytes in base64.*$")
        .doesNotContain("AAAAAAAA");
  }

  private static void start(String setting) {
    new SpringApplication(UserServiceApplication.class).run("--server.port=0", setting).close();
  }
}
