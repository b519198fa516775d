package io.a2g.agent.registry.web;

import io.a2g.agent.registry.AgentReader;
import io.a2g.agent.registry.AgentService;
import io.a2g.agent.registry.AgentView;
import io.a2g.agent.registry.Capability;
import io.a2g.common.security.Caller;
import io.a2g.common.web.EntityTags;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/agents/{id}/capabilities")
@Tag(name = "agent capabilities")
class CapabilityController {

  private final AgentService agents;
  private final AgentReader reader;

  CapabilityController(AgentService agents, AgentReader reader) {
    this.agents = agents;
    this.reader = reader;
  }

  @GetMapping
  @Operation(summary = "Read what an agent can do", description = "The ETag is the agent's.")
  ResponseEntity<CapabilitiesBody> get(
      @AuthenticationPrincipal Caller caller, @PathVariable("id") long id) {
    return answer(reader.get(caller, id));
  }

  @PutMapping
  @Operation(
      summary = "Replace what an agent can do",
      description = "The list is taken as a whole.")
  ResponseEntity<CapabilitiesBody> replace(
      @AuthenticationPrincipal Caller caller,
      @PathVariable("id") long id,
      @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
      @Valid @RequestBody CapabilitiesBody body) {
    return answer(
        agents.update(caller, id, ifMatch, edit -> edit.withCapabilities(body.capabilities())));
  }

  private static ResponseEntity<CapabilitiesBody> answer(AgentView agent) {
    return ResponseEntity.ok()
        .eTag(EntityTags.of(agent.version()))
        .body(new CapabilitiesBody(agent.capabilities()));
  }

  /** All an agent can do. */
  record CapabilitiesBody(@NotNull @Size(max = 50) List<@NotNull @Valid Capability> capabilities) {}
}
