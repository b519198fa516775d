package io.a2g.user.scim.web;

import io.a2g.common.security.ReadingPost;
import io.a2g.user.account.DepartmentSummary;
import io.a2g.user.scim.ScimGroups;
import io.swagger.v3.oas.annotations.Hidden;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
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
    return answer(query);
  }

  @Bean
  static ReadingPost searchOfGroupsOnlyReads() {
    return new ReadingPost(ScimResponses.BASE + "/Groups/.search");
  }

  @PostMapping("/.search")
  ResponseEntity<Map<String, Object>> search(@RequestBody JsonNode body) {
    return answer(ScimParameters.of(body));
  }

  @PostMapping
  ResponseEntity<Map<String, Object>> create(@RequestBody JsonNode body) {
    DepartmentSummary group = groups.create(body);
    return ScimResponses.created(view(group, members(List.of(group), Projection.ALL)));
  }

  @GetMapping("/{id}")
  ResponseEntity<Map<String, Object>> get(@PathVariable("id") String id, ScimParameters query) {
    return answer(groups.get(id), query.shown());
  }

  @PutMapping("/{id}")
  ResponseEntity<Map<String, Object>> replace(
      @PathVariable("id") String id,
      @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
      @RequestBody JsonNode body) {
    return answer(groups.replace(id, ifMatch, body), Projection.ALL);
  }

  @PatchMapping("/{id}")
  ResponseEntity<Map<String, Object>> patch(
      @PathVariable("id") String id,
      @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
      @RequestBody JsonNode body) {
    return answer(groups.patch(id, ifMatch, body), Projection.ALL);
  }

  @DeleteMapping("/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void delete(
      @PathVariable("id") String id,
      @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch) {
    groups.delete(id, ifMatch);
  }

  private ResponseEntity<Map<String, Object>> answer(ScimParameters query) {
    Projection shown = query.shown();
    var found = groups.find(query.filter(), query.page());
    var members = members(found.resources(), shown);
    return ScimResponses.list(found, query.page(), group -> view(group, members), shown);
  }

  private ResponseEntity<Map<String, Object>> answer(DepartmentSummary group, Projection shown) {
    return ScimResponses.one(view(group, members(List.of(group), shown)), shown);
  }

  // Of all groups at once; empty when they are not asked for.
  private Map<String, List<Long>> members(List<DepartmentSummary> found, Projection shown) {
    return shown.wants("members")
        ? groups.members(found.stream().map(DepartmentSummary::code).toList())
        : Map.of();
  }

  private static Map<String, Object> view(
      DepartmentSummary group, Map<String, List<Long>> members) {
    return ScimResources.group(group, members.getOrDefault(group.code(), List.of()));
  }
}
