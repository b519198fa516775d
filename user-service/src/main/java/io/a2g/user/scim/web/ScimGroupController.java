package io.a2g.user.scim.web;

import io.a2g.common.security.Caller;
import io.a2g.user.account.DepartmentSummary;
import io.a2g.user.scim.ScimGroups;
import io.swagger.v3.oas.annotations.Hidden;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

@Hidden
@RestController
@RequestMapping(ScimResponses.BASE + "/Groups")
class ScimGroupController {

  private final ScimGroups groups;

  ScimGroupController(ScimGroups groups) {
    this.groups = groups;
  }

  @GetMapping
  ResponseEntity<Map<String, Object>> list(ScimParameters query) {
    Projection shown = query.shown();
    return ScimResponses.list(
        groups.find(query.filter(), query.page()),
        query.page(),
        group -> view(group, shown),
        shown);
  }

  @PostMapping
  ResponseEntity<Map<String, Object>> create(
      @AuthenticationPrincipal Caller caller, @RequestBody JsonNode body) {
    return ScimResponses.created(view(groups.create(caller, body), Projection.ALL));
  }

  @GetMapping("/{id}")
  ResponseEntity<Map<String, Object>> get(@PathVariable("id") String id, ScimParameters query) {
    Projection shown = query.shown();
    return ScimResponses.one(view(groups.get(id), shown), shown);
  }

  @PutMapping("/{id}")
  ResponseEntity<Map<String, Object>> replace(
      @AuthenticationPrincipal Caller caller,
      @PathVariable("id") String id,
      @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
      @RequestBody JsonNode body) {
    return answer(groups.replace(caller, id, ifMatch, body));
  }

  @PatchMapping("/{id}")
  ResponseEntity<Map<String, Object>> patch(
      @AuthenticationPrincipal Caller caller,
      @PathVariable("id") String id,
      @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
      @RequestBody JsonNode body) {
    return answer(groups.patch(caller, id, ifMatch, body));
  }

  @DeleteMapping("/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void delete(
      @AuthenticationPrincipal Caller caller,
      @PathVariable("id") String id,
      @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch) {
    groups.delete(caller, id, ifMatch);
  }

  private ResponseEntity<Map<String, Object>> answer(DepartmentSummary group) {
    return ScimResponses.one(view(group, Projection.ALL), Projection.ALL);
  }

  private Map<String, Object> view(DepartmentSummary group, Projection shown) {
    return ScimResources.group(group, shown.wants("members") ? groups.members(group.code()) : null);
  }
}
