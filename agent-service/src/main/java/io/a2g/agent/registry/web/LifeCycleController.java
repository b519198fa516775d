package io.a2g.agent.registry.web;

import io.a2g.agent.registry.AgentLifeCycleService;
import io.a2g.agent.registry.AgentView;
import io.a2g.agent.registry.StatusChange;
import io.a2g.agent.registry.Visibility;
import io.a2g.common.security.Caller;
import io.a2g.common.web.Cursor;
import io.a2g.common.web.CursorPage;
import io.a2g.common.web.PageQuery;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/agents/{id}")
@Tag(name = "agent life cycle")
class LifeCycleController {

  private final AgentLifeCycleService lifeCycle;

  LifeCycleController(AgentLifeCycleService lifeCycle) {
    this.lifeCycle = lifeCycle;
  }

  @PostMapping("/deploy")
  @Operation(
      summary = "Deploy",
      description = "DEVELOPMENT to DEPLOYED, for the team or everybody.")
  ResponseEntity<AgentView> deploy(
      @AuthenticationPrincipal Caller caller,
      @PathVariable("id") long id,
      @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
      @Valid @RequestBody DeployRequest body) {
    var step = new AgentLifeCycleService.Step(caller, id, ifMatch, body.reason());
    return AgentController.answer(lifeCycle.deploy(step, body.visibility().visibility()));
  }

  @PostMapping("/undeploy")
  @Operation(
      summary = "Undeploy",
      description = "DEPLOYED or DISABLED to DEVELOPMENT; the visibility becomes PRIVATE.")
  ResponseEntity<AgentView> undeploy(
      @AuthenticationPrincipal Caller caller,
      @PathVariable("id") long id,
      @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
      @Valid @RequestBody(required = false) @Nullable StepRequest body) {
    return AgentController.answer(lifeCycle.undeploy(step(caller, id, ifMatch, body)));
  }

  @PostMapping("/disable")
  @Operation(summary = "Disable", description = "DEVELOPMENT or DEPLOYED to DISABLED.")
  ResponseEntity<AgentView> disable(
      @AuthenticationPrincipal Caller caller,
      @PathVariable("id") long id,
      @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
      @Valid @RequestBody(required = false) @Nullable StepRequest body) {
    return AgentController.answer(lifeCycle.disable(step(caller, id, ifMatch, body)));
  }

  @PostMapping("/archive")
  @Operation(summary = "Archive", description = "To ARCHIVED, for good.")
  ResponseEntity<AgentView> archive(
      @AuthenticationPrincipal Caller caller,
      @PathVariable("id") long id,
      @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
      @Valid @RequestBody(required = false) @Nullable StepRequest body) {
    return AgentController.answer(lifeCycle.archive(step(caller, id, ifMatch, body)));
  }

  @GetMapping("/status-changes")
  @Operation(
      summary = "Read the history of the status",
      description = "Newest first; for the owner and administrators.")
  CursorPage<StatusChange> history(
      @AuthenticationPrincipal Caller caller,
      @PathVariable("id") long id,
      @ParameterObject @Valid PageQuery page) {
    String scope = "agents/" + id + "/status-changes";
    var rows = lifeCycle.history(caller, id, page.beforeId(scope), page.fetch());
    return CursorPage.of(
        rows, page.size(), change -> Cursor.of(scope, change.id()), Function.identity());
  }

  private static AgentLifeCycleService.Step step(
      Caller caller, long id, @Nullable String ifMatch, @Nullable StepRequest body) {
    return new AgentLifeCycleService.Step(caller, id, ifMatch, body == null ? null : body.reason());
  }

  /**
   * A deployment.
   *
   * @param visibility for whom
   * @param reason kept in the agent's history
   */
  record DeployRequest(
      @NotNull Audience visibility, @Size(min = 1, max = 500) @Nullable String reason) {

    /** Whom an agent can be deployed for; for the owner alone it need not be deployed. */
    enum Audience {
      TEAM,
      PUBLIC;

      Visibility visibility() {
        return switch (this) {
          case TEAM -> Visibility.TEAM;
          case PUBLIC -> Visibility.PUBLIC;
        };
      }
    }
  }

  /**
   * A change of status; the body may be absent.
   *
   * @param reason kept in the agent's history
   */
  record StepRequest(@Size(min = 1, max = 500) @Nullable String reason) {}
}
