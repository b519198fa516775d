package io.a2g.common.security;

import io.a2g.common.topology.PlatformSchema;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Set;
import org.springframework.http.HttpMethod;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;

/**
 * The scope that a request to a service needs: the schema's {@code read} to look, its {@code write}
 * for everything else. The role decides besides.
 */
final class ScopeRule {

  private static final Set<String> LOOKING = Set.of("GET", "HEAD", "OPTIONS");

  private final Scope reading;
  private final Scope writing;
  private final List<RequestMatcher> readingPosts;

  ScopeRule(PlatformSchema schema, List<ReadingPost> readingPosts) {
    this.reading = Scope.reading(schema);
    this.writing = Scope.writing(schema);
    this.readingPosts = readingPosts.stream().map(ScopeRule::matcher).toList();
  }

  /**
   * @throws CredentialRefused 403 when the scopes lack the one that this request needs
   */
  void require(HttpServletRequest request, Scopes scopes) {
    Scope needed = changesNothing(request) ? reading : writing;
    if (!scopes.allow(needed)) {
      throw CredentialRefused.tooNarrow(needed);
    }
  }

  private static RequestMatcher matcher(ReadingPost post) {
    return PathPatternRequestMatcher.pathPattern(HttpMethod.POST, post.path());
  }

  private boolean changesNothing(HttpServletRequest request) {
    return LOOKING.contains(request.getMethod())
        || readingPosts.stream().anyMatch(post -> post.matches(request));
  }
}
