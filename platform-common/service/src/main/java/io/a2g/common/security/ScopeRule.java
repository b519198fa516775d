package io.a2g.common.security;

import io.a2g.common.topology.PlatformSchema;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;

/**
 * The scope that a request to a service needs: the schema's {@code read} to look, its {@code write}
 * for everything else. The role decides besides.
 */
final class ScopeRule {

  private static final Set<String> LOOKING = Set.of("GET", "HEAD", "OPTIONS");
  // A question too long for a URL is posted; it changes nothing all the same.
  private static final String QUESTION = "/search";

  private final Scope reading;
  private final Scope writing;

  ScopeRule(PlatformSchema schema) {
    this.reading = Scope.reading(schema);
    this.writing = Scope.writing(schema);
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

  private static boolean changesNothing(HttpServletRequest request) {
    return LOOKING.contains(request.getMethod()) || request.getRequestURI().endsWith(QUESTION);
  }
}
