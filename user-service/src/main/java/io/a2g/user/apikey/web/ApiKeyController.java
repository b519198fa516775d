package io.a2g.user.apikey.web;

import io.a2g.common.security.Caller;
import io.a2g.common.web.Cursor;
import io.a2g.common.web.CursorPage;
import io.a2g.common.web.MergePatch;
import io.a2g.common.web.PageQuery;
import io.a2g.user.apikey.IssuedKey;
import io.a2g.user.apikey.KeyIssuer;
import io.a2g.user.apikey.KeyKeeper;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
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

  private final KeyIssuer keys;
  private final KeyKeeper keeper;
  private final MergePatch patches;

  ApiKeyController(KeyIssuer keys, KeyKeeper keeper, MergePatch patches) {
    this.keys = keys;
    this.keeper = keeper;
    this.patches = patches;
  }

  @PostMapping
  @Operation(summary = "Issue a key", description = "The key is in this answer and never again.")
  @ResponseStatus(HttpStatus.CREATED)
  ResponseEntity<ApiKeyResponse> issue(
      @AuthenticationPrincipal Caller caller, @Valid @RequestBody ApiKeyRequest body) {
    IssuedKey issued =
        keys.issue(caller, body.userId(), body.name(), body.limits(), body.expiresAt());
    return ApiKeyResponse.created(issued);
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
  ResponseEntity<ApiKeyResponse> get(
      @AuthenticationPrincipal Caller caller, @PathVariable("id") long id) {
    return ApiKeyResponse.ok(keys.get(caller, id));
  }

  @PatchMapping("/{id}")
  @Operation(summary = "Change a key's name or expiry (merge patch)")
  ResponseEntity<ApiKeyResponse> update(
      @AuthenticationPrincipal Caller caller,
      @PathVariable("id") long id,
      @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
      @io.swagger.v3.oas.annotations.parameters.RequestBody(
              content = @Content(schema = @Schema(implementation = ApiKeyUpdateRequest.class)))
          @RequestBody
          JsonNode patch) {
    return ApiKeyResponse.ok(
        keeper.update(
            caller, id, ifMatch, key -> patches.apply(ApiKeyUpdateRequest.of(key), patch).edit()));
  }

  @PostMapping("/{id}/rotations")
  @Operation(
      summary = "Replace a key by a new one",
      description =
          "The new key has the same name, scopes, owner and length of life; it is in this answer and never again. The old one works beside it until the overlap is over.")
  @ResponseStatus(HttpStatus.CREATED)
  ResponseEntity<ApiKeyResponse> rotate(
      @AuthenticationPrincipal Caller caller,
      @PathVariable("id") long id,
      @Valid @RequestBody(required = false) @Nullable RotationRequest body) {
    RotationRequest wish = body == null ? new RotationRequest(null) : body;
    return ApiKeyResponse.created(keeper.rotate(caller, id, wish.overlapOrDefault()));
  }

  @DeleteMapping("/{id}")
  @Operation(summary = "Revoke a key", description = "For good, everywhere within ten seconds.")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void revoke(@AuthenticationPrincipal Caller caller, @PathVariable("id") long id) {
    keys.revoke(caller, id);
  }
}
