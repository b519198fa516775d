package io.a2g.user.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2g.common.testkit.PlatformIT;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;

/** The identity provider does not answer: nothing listens on port 9. */
@TestPropertySource(
    properties = {
      "platform.sign-in.idp.issuer=http://127.0.0.1:9",
      "platform.sign-in.idp.name=Company <b>",
      "platform.sign-in.idp.client-id=a2g",
      "platform.sign-in.local=false"
    })
class ProviderDownIT extends PlatformIT {

  private Browser browser;

  @BeforeEach
  void open() {
    browser = new Browser(anonymous().base());
  }

  @Test
  void serviceStaysReadyAndThePageShowsTheButton() {
    anonymous().get("/actuator/health/readiness").expect(200);

    assertThat(browser.get("/sign-in").expect(200).text())
        .contains("Continue with Company &lt;b&gt;")
        .doesNotContain("name=\"api_key\"");
  }

  @Test
  void userIsToldAndMayTryAgainForTheSameClient() {
    String there = "/sign-in/idp?continue=%2Foauth2%2Fauthorize%3Fclient_id%3Dx";

    String back = browser.get(there).expect(303).header("Location");

    assertThat(back)
        .isEqualTo("/sign-in?continue=%2Foauth2%2Fauthorize%3Fclient_id%3Dx&problem=unavailable");
    assertThat(browser.get(back).expect(200).text()).contains("cannot be reached");
  }

  @Test
  void unsolicitedAnswerDoesNotSignIn() {
    String back =
        browser
            .get("/sign-in/idp/callback?code=stolen&state=forged")
            .expect(303)
            .header("Location");

    assertThat(back).isEqualTo("/sign-in?problem=provider");
    assertThat(browser.cookies().getCookieStore().getCookies())
        .noneMatch(cookie -> cookie.getName().equals("a2g_session"));
  }
}
