package io.a2g.user.apikey.web;

import io.a2g.common.security.Caller;
import io.a2g.common.web.Cursor;
import io.a2g.common.web.CursorPage;
import io.a2g.common.web.EntityTags;
import io.a2g.common.web.MergePatch;
import io.a2g.common.web.PageQuery;
import io.a2g.user.apikey.ApiKeyRotation;
import io.a2g.user.apikey.ApiKeyService;
import io.a2g.user.apikey.ApiKeySettings;
import io.a2g.user.apikey.ApiKeyView;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
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
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

@RestController
@RequestMapping("/api/v1/api-keys")
@Tag(name = "api-keys")
class ApiKeyController {

  private final ApiKeyService keys;
  private final ApiKeyRotation rotation;
  private final MergePatch patches;

  ApiKeyController(ApiKeyService keys, ApiKeyRotation rotation, MergePatch patches) {
    this.keys = keys;
    this.rotation = rotation;
    this.patches = patches;
  }

  @PostMapping
  @Operation(
      summary = "Issue a key",
      description =
          "The key is in this answer and never again. It may do no more than the API key that asks, and ends with it at the latest; an access token issues none.")
  @ResponseStatus(HttpStatus.CREATED)
  ResponseEntity<ApiKeyView> issue(
      @AuthenticationPrincipal Caller caller, @Valid @RequestBody ApiKeyRequest body) {
    return created(keys.issue(caller, body.userId(), body.settings(), body.limits()));
  }

  @GetMapping
  @Operation(summary = "List keys", description = "Newest first; another user's as ADMIN.")
  CursorPage<ApiKeyView> list(
      @AuthenticationPrincipal Caller caller,
      @ParameterObject @Valid PageQuery page,
      @RequestParam(name = "user_id", required = false) @Nullable Long userId) {
    String scope = "api-keys?user_id=" + (userId == null ? caller.userId() : userId);
    var rows = keys.list(caller, userId, page.beforeId(scope), page.fetch());
    return CursorPage.of(rows, page.size(), key -> Cursor.of(scope, key.id()), key -> key);
  }

  @GetMapping("/{id}")
  @Operation(summary = "Read a key, masked")
  ResponseEntity<ApiKeyView> get(
      @AuthenticationPrincipal Caller caller, @PathVariable("id") long id) {
    return ok(keys.get(caller, id));
  }

  @PatchMapping("/{id}")
  @Operation(summary = "Change a key's name, description or expiry (merge patch)")
  ResponseEntity<ApiKeyView> update(
      @AuthenticationPrincipal Caller caller,
      @PathVariable("id") long id,
      @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
      @io.swagger.v3.oas.annotations.parameters.RequestBody(
              content = @Content(schema = @Schema(implementation = ApiKeySettings.class)))
          @RequestBody
          JsonNode patch) {
    return ok(keys.update(caller, id, ifMatch, settings -> patches.apply(settings, patch)));
  }

  @PostMapping("/{id}/rotations")
  @Operation(
      summary = "Replace a key by a new one",
      description =
          "The new key has the same name, description, scopes, owner and length of life, but ends with the API key that asks at the latest; it is in this answer and never again. The old one works beside it until the overlap is over.")
  @ResponseStatus(HttpStatus.CREATED)
  ResponseEntity<ApiKeyView> rotate(
      @AuthenticationPrincipal Caller caller,
      @PathVariable("id") long id,
      @Valid @RequestBody(required = false) @Nullable RotationRequest body) {
    RotationRequest request = body == null ? new RotationRequest(null) : body;
    return created(rotation.rotate(caller, id, request.overlapOrDefault()));
  }

  @DeleteMapping("/{id}")
  @Operation(summary = "Revoke a key", description = "For good, everywhere within ten seconds.")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void revoke(@AuthenticationPrincipal Caller caller, @PathVariable("id") long id) {
    keys.revoke(caller, id);
  }

  private static ResponseEntity<ApiKeyView> ok(ApiKeyView key) {
    return ResponseEntity.ok().eTag(EntityTags.of(key.version())).body(key);
  }

  private static ResponseEntity<ApiKeyView> created(ApiKeyView issued) {
    return ResponseEntity.created(URI.create("/api/v1/api-keys/" + issued.id()))
        // Exactly this value: it also makes the idempotency store seal the answer.
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .body(issued);
  }
}
