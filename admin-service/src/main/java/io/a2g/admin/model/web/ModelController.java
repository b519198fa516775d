package io.a2g.admin.model.web;

import io.a2g.admin.model.ModelDetails;
import io.a2g.admin.model.ModelFilter;
import io.a2g.admin.model.ModelService;
import io.a2g.admin.model.ModelView;
import io.a2g.admin.model.Provider;
import io.a2g.common.security.Caller;
import io.a2g.common.web.Cursor;
import io.a2g.common.web.CursorPage;
import io.a2g.common.web.EntityTags;
import io.a2g.common.web.MergePatch;
import io.a2g.common.web.PageQuery;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import java.net.URI;
import java.util.function.Function;
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
@RequestMapping("/api/v1/llm-models")
@Tag(name = "llm-models")
class ModelController {

  private final ModelService models;
  private final MergePatch patches;

  ModelController(ModelService models, MergePatch patches) {
    this.models = models;
    this.patches = patches;
  }

  @GetMapping
  @Operation(
      summary = "List models",
      description = "Newest first. Users see the enabled ones, administrators all.")
  CursorPage<ModelView> list(
      @AuthenticationPrincipal Caller caller,
      @ParameterObject @Valid PageQuery page,
      @RequestParam(name = "name", required = false) @Nullable String name,
      @RequestParam(name = "provider", required = false) @Nullable Provider provider,
      @RequestParam(name = "enabled", required = false) @Nullable Boolean enabled,
      @RequestParam(name = "deleted", defaultValue = "false") boolean deleted) {
    ModelFilter filter = new ModelFilter(name, provider, enabled, deleted);
    String scope = "llm-models?" + filter;
    var rows = models.list(caller, filter, page.beforeId(scope), page.fetch());
    return CursorPage.of(
        rows, page.size(), model -> Cursor.of(scope, model.id()), Function.identity());
  }

  @PostMapping
  @Operation(summary = "Add a model (ADMIN)")
  @ResponseStatus(HttpStatus.CREATED)
  ResponseEntity<ModelView> create(@Valid @RequestBody ModelDetails body) {
    ModelView model = models.create(body);
    return ResponseEntity.created(URI.create("/api/v1/llm-models/" + model.id()))
        .eTag(EntityTags.of(model.version()))
        .body(model);
  }

  @GetMapping("/{id}")
  @Operation(summary = "Read a model")
  ResponseEntity<ModelView> get(
      @AuthenticationPrincipal Caller caller, @PathVariable("id") long id) {
    return answer(models.get(caller, id));
  }

  @PatchMapping("/{id}")
  @Operation(summary = "Change a model (ADMIN, merge patch)")
  ResponseEntity<ModelView> update(
      @PathVariable("id") long id,
      @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
      @io.swagger.v3.oas.annotations.parameters.RequestBody(
              content = @Content(schema = @Schema(implementation = ModelDetails.class)))
          @RequestBody
          JsonNode patch) {
    return answer(models.update(id, ifMatch, details -> patches.apply(details, patch)));
  }

  @DeleteMapping("/{id}")
  @Operation(summary = "Delete a model (ADMIN)", description = "Restorable for 30 days.")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void delete(
      @PathVariable("id") long id,
      @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch) {
    models.delete(id, ifMatch);
  }

  @PostMapping("/{id}/restore")
  @Operation(summary = "Bring a deleted model back (ADMIN)")
  ResponseEntity<ModelView> restore(@PathVariable("id") long id) {
    return answer(models.restore(id));
  }

  private static ResponseEntity<ModelView> answer(ModelView model) {
    return ResponseEntity.ok().eTag(EntityTags.of(model.version())).body(model);
  }
}
