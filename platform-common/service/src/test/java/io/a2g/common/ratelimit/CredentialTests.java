package io.a2g.common.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;

class CredentialTests {

  @Test
  void whatAnOAuthEndpointDoesNotReadIsNoCredential() {
    var keys = request("GET", "/oauth2/jwks");
    keys.addHeader("Authorization", "Bearer guessed");
    var revocation = request("POST", "/oauth2/revoke");
    revocation.addHeader("X-API-Key", "guessed");

    assertThat(Credential.of(keys)).isNull();
    assertThat(Credential.of(revocation)).isNull();
  }

  @Test
  void secretOfAClientIsACredential() {
    var token = request("POST", "/oauth2/token");
    token.addHeader("Authorization", "Basic secret");

    assertThat(Credential.of(token)).isEqualTo("Basic secret");
  }

  @Test
  void encodedPathIsTheSamePlace() {
    var request = request("POST", "/oauth2/token");
    request.setRequestURI("/%6fauth2/token");

    assertThat(Credential.isOfClient(request)).isTrue();
  }

  private static MockHttpServletRequest request(String method, String path) {
    var request = new MockHttpServletRequest(method, path);
    request.setServletPath(path);
    return request;
  }
}
