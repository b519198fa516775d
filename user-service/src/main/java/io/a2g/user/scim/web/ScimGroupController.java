package io.a2g.user.scim.web;

import io.a2g.common.security.Caller;
import io.a2g.user.account.DepartmentSummary;
import io.a2g.user.scim.ScimGroups;
import io.a2g.user.scim.ScimPage;
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
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

@Hidden
@RestController
@RequestMapping(ScimMedia.BASE + "/Groups")
class ScimGroupController {

  private static final Projection EVERYTHING = Projection.of(null, null);

  private final ScimGroups groups;

  ScimGroupController(ScimGroups groups) {
    this.groups = groups;
  }

  @GetMapping
  ResponseEntity<Map<String, Object>> list(
      @RequestParam(name = "filter", required = false) @Nullable String filter,
      @RequestParam(name = "startIndex", required = false) @Nullable Integer startIndex,
      @RequestParam(name = "count", required = false) @Nullable Integer count,
      @RequestParam(name = "attributes", required = false) @Nullable String attributes,
      @RequestParam(name = "excludedAttributes", required = false) @Nullable String excluded) {
    ScimPage page = ScimPage.of(startIndex, count);
    Projection shown = Projection.of(attributes, excluded);
    return ScimAnswers.list(groups.find(filter, page), page, group -> view(group, shown), shown);
  }

  @PostMapping
  ResponseEntity<Map<String, Object>> create(
      @AuthenticationPrincipal Caller caller, @RequestBody JsonNode body) {
    return ScimAnswers.created(view(groups.create(caller, body), EVERYTHING));
  }

  @GetMapping("/{id}")
  ResponseEntity<Map<String, Object>> get(
      @PathVariable("id") String id,
      @RequestParam(name = "attributes", required = false) @Nullable String attributes,
      @RequestParam(name = "excludedAttributes", required = false) @Nullable String excluded) {
    Projection shown = Projection.of(attributes, excluded);
    return ScimAnswers.one(view(groups.get(id), shown), shown);
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
    return ScimAnswers.one(view(group, EVERYTHING), EVERYTHING);
  }

  private Map<String, Object> view(DepartmentSummary group, Projection shown) {
    return Views.group(group, shown.wants("members") ? groups.members(group.code()) : null);
  }
}
