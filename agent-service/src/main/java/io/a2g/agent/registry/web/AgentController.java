package io.a2g.agent.registry.web;

import io.a2g.agent.registry.AgentEdit;
import io.a2g.agent.registry.AgentFilter;
import io.a2g.agent.registry.AgentReader;
import io.a2g.agent.registry.AgentService;
import io.a2g.agent.registry.AgentStatus;
import io.a2g.agent.registry.AgentView;
import io.a2g.agent.registry.Framework;
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
@RequestMapping("/api/v1/agents")
@Tag(name = "agents")
class AgentController {

  private final AgentService agents;
  private final AgentReader reader;
  private final MergePatch patches;

  AgentController(AgentService agents, AgentReader reader, MergePatch patches) {
    this.agents = agents;
    this.reader = reader;
    this.patches = patches;
  }

  @GetMapping
  @Operation(
      summary = "List agents",
      description =
          "The own ones and those deployed for the caller, or all as ADMIN; newest first. Deleted"
              + " ones, on demand, are the own ones only.")
  CursorPage<AgentView> list(
      @AuthenticationPrincipal Caller caller,
      @ParameterObject @Valid PageQuery page,
      @RequestParam(name = "owner_id", required = false) @Nullable Long ownerId,
      @RequestParam(name = "status", required = false) @Nullable AgentStatus status,
      @RequestParam(name = "framework", required = false) @Nullable Framework framework,
      @RequestParam(name = "deleted", defaultValue = "false") boolean deleted) {
    AgentFilter filter = new AgentFilter(ownerId, status, framework, deleted);
    String scope =
        "agents?owner_id=%s&status=%s&framework=%s&deleted=%s"
            .formatted(ownerId, status, framework, deleted);
    var rows = reader.list(caller, filter, page.beforeId(scope), page.fetch());
    return CursorPage.of(
        rows, page.size(), agent -> Cursor.of(scope, agent.id()), Function.identity());
  }

  @PostMapping
  @Operation(summary = "Register an agent", description = "It starts in DEVELOPMENT.")
  @ResponseStatus(HttpStatus.CREATED)
  ResponseEntity<AgentView> create(
      @AuthenticationPrincipal Caller caller, @Valid @RequestBody AgentRequest body) {
    AgentView agent = agents.create(caller, body.ownerId(), body.edit());
    return ResponseEntity.created(URI.create("/api/v1/agents/" + agent.id()))
        .eTag(EntityTags.of(agent.version()))
        .body(agent);
  }

  @GetMapping("/{id}")
  @Operation(summary = "Read an agent with its owner's names")
  ResponseEntity<AgentView> get(
      @AuthenticationPrincipal Caller caller, @PathVariable("id") long id) {
    return answer(reader.get(caller, id));
  }

  @PatchMapping("/{id}")
  @Operation(
      summary = "Change an agent (merge patch)",
      description = "The status has operations of its own.")
  ResponseEntity<AgentView> update(
      @AuthenticationPrincipal Caller caller,
      @PathVariable("id") long id,
      @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
      @io.swagger.v3.oas.annotations.parameters.RequestBody(
              content = @Content(schema = @Schema(implementation = AgentEdit.class)))
          @RequestBody
          JsonNode patch) {
    return answer(agents.update(caller, id, ifMatch, edit -> patches.apply(edit, patch)));
  }

  @DeleteMapping("/{id}")
  @Operation(summary = "Delete an agent", description = "Restorable for 30 days.")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void delete(
      @AuthenticationPrincipal Caller caller,
      @PathVariable("id") long id,
      @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch) {
    agents.delete(caller, id, ifMatch);
  }

  @PostMapping("/{id}/restore")
  @Operation(summary = "Bring a deleted agent back")
  ResponseEntity<AgentView> restore(
      @AuthenticationPrincipal Caller caller, @PathVariable("id") long id) {
    return answer(agents.restore(caller, id));
  }

  static ResponseEntity<AgentView> answer(AgentView agent) {
    return ResponseEntity.ok().eTag(EntityTags.of(agent.version())).body(agent);
  }
}
