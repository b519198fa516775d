package io.a2g.user.oauth.signin;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How recent a sign-in a request asks for, and what is left to ask for afterwards. */
class SignInTargetTests {

  private static final String REQUEST = "/oauth2/authorize?client_id=c&state=a%3D%3D";

  @ParameterizedTest
  @CsvSource({
    "'', ''",
    "&prompt=login, ''",
    "&prompt=select_account&max_age=0, ''",
    "&prompt=login%20consent, &prompt=consent",
    "&prompt=login+consent, &prompt=consent",
    "&pr%6Fmpt=login&m%61x_age=7, ''",
    "&prompt=consent, &prompt=consent",
    "&prompt=none&nonce=prompt, &prompt=none&nonce=prompt"
  })
  void answeredRequestAsksForNoSignInAndForAllElse(String asked, String left) {
    assertThat(new SignInTarget(REQUEST + asked).answered().location()).isEqualTo(REQUEST + left);
  }

  @Test
  void freshnessIsReadFromTheRequest() {
    assertThat(new SignInTarget(REQUEST).freshness()).isEqualTo(Freshness.ANY);
    assertThat(new SignInTarget(REQUEST + "&prompt=consent+login&max_age=60").freshness())
        .isEqualTo(new Freshness(true, Duration.ofMinutes(1)));
    assertThat(new SignInTarget(REQUEST + "&max_age=٣").freshness()).isEqualTo(Freshness.ANY);
  }
}
