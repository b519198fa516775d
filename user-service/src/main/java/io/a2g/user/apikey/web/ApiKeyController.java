package io.a2g.user.apikey.web;

import io.a2g.common.security.Caller;
import io.a2g.common.web.Cursor;
import io.a2g.common.web.CursorPage;
import io.a2g.common.web.PageQuery;
import io.a2g.user.apikey.IssuedKey;
import io.a2g.user.apikey.KeyIssuer;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/api-keys")
@Tag(name = "api-keys")
class ApiKeyController {

  private final KeyIssuer keys;

  ApiKeyController(KeyIssuer keys) {
    this.keys = keys;
  }

  @PostMapping
  @Operation(summary = "Issue a key", description = "The key is in this answer and never again.")
  @ResponseStatus(HttpStatus.CREATED)
  ResponseEntity<ApiKeyResponse> issue(
      @AuthenticationPrincipal Caller caller, @Valid @RequestBody ApiKeyRequest body) {
    IssuedKey issued =
        keys.issue(caller, body.userId(), body.name(), body.limits(), body.expiresAt());
    return ResponseEntity.created(URI.create("/api/v1/api-keys/" + issued.stored().id()))
        // Exactly this value: it also makes the idempotency store seal the answer.
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .body(ApiKeyResponse.of(issued));
  }

  @GetMapping
  @Operation(summary = "List keys", description = "Newest first; another user's as ADMIN.")
  CursorPage<ApiKeyResponse> list(
      @AuthenticationPrincipal Caller caller,
      @ParameterObject @Valid PageQuery page,
      @RequestParam(name = "user_id", required = false) @Nullable Long userId) {
    String scope = "api-keys?user_id=" + (userId == null ? caller.userId() : userId);
    var rows = keys.list(caller, userId, page.beforeId(scope), page.fetch());
    return CursorPage.of(rows, page.size(), key -> Cursor.of(scope, key.id()), ApiKeyResponse::of);
  }

  @GetMapping("/{id}")
  @Operation(summary = "Read a key, masked")
  ApiKeyResponse get(@AuthenticationPrincipal Caller caller, @PathVariable("id") long id) {
    return ApiKeyResponse.of(keys.get(caller, id));
  }

  @DeleteMapping("/{id}")
  @Operation(summary = "Revoke a key", description = "For good, everywhere within ten seconds.")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void revoke(@AuthenticationPrincipal Caller caller, @PathVariable("id") long id) {
    keys.revoke(caller, id);
  }
}
