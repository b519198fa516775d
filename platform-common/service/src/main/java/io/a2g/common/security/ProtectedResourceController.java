package io.a2g.common.security;

import io.swagger.v3.oas.annotations.Hidden;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** Tells OAuth clients where tokens for this service come from (RFC 9728). */
@Hidden
@RestController
class ProtectedResourceController {

  static final String PATH = "/.well-known/oauth-protected-resource";

  private final String issuer;

  ProtectedResourceController(String issuer) {
    this.issuer = issuer;
  }

  /** The document's members have the names that the RFC gives them. */
  record Metadata(
      String resource,
      List<String> authorizationServers,
      List<String> scopesSupported,
      List<String> bearerMethodsSupported) {}

  @GetMapping(PATH)
  Metadata metadata() {
    return new Metadata(
        ServletUriComponentsBuilder.fromCurrentContextPath().build().toUriString(),
        List.of(issuer),
        Scope.all().stream().map(Scope::token).toList(),
        List.of("header"));
  }
}
