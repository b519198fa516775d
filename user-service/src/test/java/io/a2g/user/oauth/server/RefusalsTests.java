package io.a2g.user.oauth.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;

/** What the page of a refusal shows of an error. */
class RefusalsTests {

  private final Refusals refusals =
      new Refusals((request, error, parameter) -> error + "|" + parameter);

  @Test
  void parameterIsNamed() throws IOException {
    assertThat(page("OpenID Connect 1.0 Logout Request Parameter: id_token_hint"))
        .isEqualTo("invalid_request|id_token_hint");
  }

  @Test
  void wordsOfAnExceptionAreNotShown() throws IOException {
    assertThat(page("OpenID Connect 1.0 RP-Initiated Logout Error: SELECT secret"))
        .isEqualTo("invalid_request|");
  }

  private String page(String description) throws IOException {
    MockHttpServletResponse response = new MockHttpServletResponse();
    refusals.onAuthenticationFailure(
        new MockHttpServletRequest(),
        response,
        new OAuth2AuthenticationException(new OAuth2Error("invalid_request", description, null)));
    assertThat(response.getStatus()).isEqualTo(400);
    return response.getContentAsString();
  }
}
