package io.a2g.user.oauth.client.web;

import io.a2g.common.web.Cursor;
import io.a2g.common.web.CursorPage;
import io.a2g.common.web.PageQuery;
import io.a2g.user.oauth.client.ClientRegistry;
import io.a2g.user.oauth.client.IssuedClient;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import java.net.URI;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/oauth-clients")
@Tag(name = "oauth-clients")
class OAuthClientController {

  private static final String LIST = "oauth-clients";

  private final ClientRegistry clients;

  OAuthClientController(ClientRegistry clients) {
    this.clients = clients;
  }

  @PostMapping
  @Operation(
      summary = "Register an OAuth client (ADMIN)",
      description = "The secret is in this answer and never again.")
  @ResponseStatus(HttpStatus.CREATED)
  ResponseEntity<OAuthClientResponse> register(@Valid @RequestBody OAuthClientRequest body) {
    IssuedClient issued = clients.register(body.draft(), body.isConfidential());
    return ResponseEntity.created(URI.create("/api/v1/oauth-clients/" + issued.client().id()))
        // Exactly this value: it also makes the idempotency store seal the answer.
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .body(OAuthClientResponse.of(issued));
  }

  @GetMapping
  @Operation(summary = "List OAuth clients (ADMIN)", description = "In the order of their ids.")
  CursorPage<OAuthClientResponse> list(@ParameterObject @Valid PageQuery page) {
    var rows = clients.list(page.afterId(LIST), page.fetch());
    return CursorPage.of(
        rows, page.size(), client -> Cursor.of(LIST, client.id()), OAuthClientResponse::of);
  }

  @GetMapping("/{id}")
  @Operation(summary = "Read an OAuth client (ADMIN)")
  OAuthClientResponse get(@PathVariable("id") long id) {
    return OAuthClientResponse.of(clients.get(id));
  }

  @PostMapping("/{id}/secret")
  @Operation(
      summary = "Draw a new secret (ADMIN)",
      description = "The old one is refused at once; the new one is in this answer alone.")
  ResponseEntity<OAuthClientResponse> rotateSecret(@PathVariable("id") long id) {
    return ResponseEntity.ok()
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .body(OAuthClientResponse.of(clients.rotateSecret(id)));
  }

  @DeleteMapping("/{id}")
  @Operation(
      summary = "Remove an OAuth client (ADMIN)",
      description = "With all that was granted to it; its tokens are refused within 30 seconds.")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void delete(@PathVariable("id") long id) {
    clients.delete(id);
  }
}
