package io.a2g.user.account.web;

import io.a2g.common.security.Caller;
import io.a2g.common.security.Role;
import io.a2g.common.web.Cursor;
import io.a2g.common.web.CursorPage;
import io.a2g.common.web.EntityTags;
import io.a2g.common.web.MergePatch;
import io.a2g.common.web.PageQuery;
import io.a2g.user.account.Profile;
import io.a2g.user.account.User;
import io.a2g.user.account.UserDirectory;
import io.a2g.user.account.UserEdit;
import io.a2g.user.account.UserFilter;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Size;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
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

@RestController
@RequestMapping("/api/v1/users")
@Tag(name = "users")
class UserController {

  private final UserDirectory users;
  private final MergePatch patches;

  UserController(UserDirectory users, MergePatch patches) {
    this.users = users;
    this.patches = patches;
  }

  @GetMapping
  @Operation(
      summary = "List users (ADMIN)",
      description =
          "In the order of their ids. Live ones unless a state is named; deleted=true is short for state=deleted.")
  CursorPage<UserResponse> list(
      @ParameterObject @Valid PageQuery page,
      @Parameter(
              description =
                  "How the user name, one of the names or the e-mail address begins, in any case")
          @RequestParam(name = "q", required = false)
          @Size(min = 1, max = 100)
          @Nullable String q,
      @RequestParam(name = "role", required = false) @Nullable Role role,
      @RequestParam(name = "dept_code", required = false) @Nullable String deptCode,
      @RequestParam(name = "state", required = false) UserFilter.@Nullable State state,
      @RequestParam(name = "deleted", defaultValue = "false") boolean deleted) {
    var filter = new UserFilter(role, deptCode, deleted ? UserFilter.State.DELETED : state, q);
    String scope = "users?" + filter;
    var rows = users.list(filter, page.afterId(scope), page.fetch());
    return CursorPage.of(rows, page.size(), user -> Cursor.of(scope, user.id()), UserResponse::of);
  }

  @PostMapping
  @Operation(summary = "Add a user (ADMIN)")
  @ResponseStatus(HttpStatus.CREATED)
  ResponseEntity<UserResponse> create(@Valid @RequestBody UserRequest body) {
    User user =
        users.create(body.username(), body.roleOrPending(), body.profile(), body.department());
    return ResponseEntity.created(URI.create("/api/v1/users/" + user.id()))
        .eTag(EntityTags.of(user.version()))
        .body(UserResponse.of(user));
  }

  @GetMapping("/me")
  @Operation(summary = "Read the own profile")
  ResponseEntity<UserResponse> me(@AuthenticationPrincipal Caller caller) {
    return UserResponse.ok(users.get(caller, caller.userId()));
  }

  @PatchMapping("/me")
  @Operation(summary = "Change the own profile (merge patch)")
  ResponseEntity<UserResponse> updateMe(
      @AuthenticationPrincipal Caller caller,
      @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
      @io.swagger.v3.oas.annotations.parameters.RequestBody(
              content = @Content(schema = @Schema(implementation = Profile.class)))
          @RequestBody
          JsonNode patch) {
    return UserResponse.ok(
        users.update(caller, caller.userId(), ifMatch, user -> ownEdit(user, patch)));
  }

  @GetMapping("/{id}")
  @Operation(summary = "Read a user (oneself, or any as ADMIN)")
  ResponseEntity<UserResponse> get(
      @AuthenticationPrincipal Caller caller, @PathVariable("id") long id) {
    return UserResponse.ok(users.get(caller, id));
  }

  @PatchMapping("/{id}")
  @Operation(
      summary = "Change a user (merge patch)",
      description = "Only an administrator may change the department, which decides the team.")
  ResponseEntity<UserResponse> update(
      @AuthenticationPrincipal Caller caller,
      @PathVariable("id") long id,
      @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
      @io.swagger.v3.oas.annotations.parameters.RequestBody(
              content = @Content(schema = @Schema(implementation = UserEdit.class)))
          @RequestBody
          JsonNode patch) {
    return UserResponse.ok(
        users.update(
            caller,
            id,
            ifMatch,
            user -> caller.isAdmin() ? fullEdit(user, patch) : ownEdit(user, patch)));
  }

  @PutMapping("/{id}/role")
  @Operation(summary = "Change a user's role (ADMIN)")
  ResponseEntity<UserResponse> changeRole(
      @AuthenticationPrincipal Caller caller,
      @PathVariable("id") long id,
      @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
      @Valid @RequestBody RoleRequest body) {
    return UserResponse.ok(users.changeRole(caller, id, ifMatch, body.role()));
  }

  private UserEdit ownEdit(User user, JsonNode patch) {
    return UserEdit.of(patches.apply(user.profile(), patch), user.department());
  }

  private UserEdit fullEdit(User user, JsonNode patch) {
    return patches.apply(UserEdit.of(user.profile(), user.department()), patch);
  }
}
