package io.a2g.common.security;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.a2g.common.topology.PlatformSchema;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.web.MockHttpServletRequest;

class ScopeRuleTests {

  private static final String SEARCH = "/api/v1/agents/{id}/embeddings/search";

  private final ScopeRule rule =
      new ScopeRule(PlatformSchema.of("agents"), List.of(new ReadingPost(SEARCH)));
  private final Scopes reading = new Scopes(Set.of(Scope.of("agents:read")));

  @ParameterizedTest
  @CsvSource({
    "GET, /api/v1/agents",
    "HEAD, /api/v1/agents/search",
    "POST, /api/v1/agents/7/embeddings/search"
  })
  void readingIsEnoughToLookAndToAsk(String method, String path) {
    assertThatCode(() -> rule.require(new MockHttpServletRequest(method, path), reading))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource({
    "DELETE, /api/v1/agents/7/embeddings/search",
    "PUT, /api/v1/agents/7/embeddings/search",
    "POST, /api/v1/agents/7/embeddings/search/",
    "POST, /api/v1/agents/7/embeddings",
    "POST, /api/v1/agents/7/other/search",
    "DELETE, /scim/v2/Groups/search"
  })
  void anythingElseNeedsTheScopeToWrite(String method, String path) {
    assertThatExceptionOfType(CredentialRefused.class)
        .isThrownBy(() -> rule.require(new MockHttpServletRequest(method, path), reading));
  }
}
