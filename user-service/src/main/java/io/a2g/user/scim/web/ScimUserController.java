package io.a2g.user.scim.web;

import io.a2g.common.security.Caller;
import io.a2g.common.security.ReadingPost;
import io.a2g.user.account.User;
import io.a2g.user.scim.ScimUsers;
import io.swagger.v3.oas.annotations.Hidden;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
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
@RequestMapping(ScimResponses.BASE)
class ScimUserController {

  private final ScimUsers users;

  ScimUserController(ScimUsers users) {
    this.users = users;
  }

  @GetMapping("/Users")
  ResponseEntity<Map<String, Object>> list(ScimParameters query) {
    return answer(query);
  }

  @Bean
  static ReadingPost searchOfUsersOnlyReads() {
    return new ReadingPost(ScimResponses.BASE + "/Users/.search");
  }

  @PostMapping("/Users/.search")
  ResponseEntity<Map<String, Object>> search(@RequestBody JsonNode body) {
    return answer(ScimParameters.of(body));
  }

  @PostMapping("/Users")
  ResponseEntity<Map<String, Object>> create(@RequestBody JsonNode body) {
    return ScimResponses.created(ScimResources.user(users.create(body)));
  }

  @GetMapping("/Users/{id}")
  ResponseEntity<Map<String, Object>> get(
      @AuthenticationPrincipal Caller caller, @PathVariable("id") String id, ScimParameters query) {
    return ScimResponses.one(ScimResources.user(users.get(caller, id)), query.shown());
  }

  /** The caller (RFC 7644 §3.11), at the address that stays. */
  @GetMapping("/Me")
  ResponseEntity<Map<String, Object>> me(
      @AuthenticationPrincipal Caller caller, ScimParameters query) {
    return get(caller, Long.toString(caller.userId()), query);
  }

  @PutMapping("/Users/{id}")
  ResponseEntity<Map<String, Object>> replace(
      @AuthenticationPrincipal Caller caller,
      @PathVariable("id") String id,
      @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
      @RequestBody JsonNode body) {
    return answer(users.replace(caller, id, ifMatch, body));
  }

  @PatchMapping("/Users/{id}")
  ResponseEntity<Map<String, Object>> patch(
      @AuthenticationPrincipal Caller caller,
      @PathVariable("id") String id,
      @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
      @RequestBody JsonNode body) {
    return answer(users.patch(caller, id, ifMatch, body));
  }

  @DeleteMapping("/Users/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void delete(
      @AuthenticationPrincipal Caller caller,
      @PathVariable("id") String id,
      @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch) {
    users.delete(caller, id, ifMatch);
  }

  private ResponseEntity<Map<String, Object>> answer(ScimParameters query) {
    var found = users.find(query.filter(), query.page());
    return ScimResponses.list(found, query.page(), ScimResources::user, query.shown());
  }

  private static ResponseEntity<Map<String, Object>> answer(User user) {
    return ScimResponses.one(ScimResources.user(user), Projection.ALL);
  }
}
