package io.a2g.user.account.web;

import io.a2g.common.security.Caller;
import io.a2g.user.account.SignOut;
import io.a2g.user.account.UserApproval;
import io.a2g.user.account.UserDeletion;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/users/{id}")
@Tag(name = "users")
class LifeCycleController {

  private final UserApproval approval;
  private final UserDeletion deletion;
  private final SignOut signOut;

  LifeCycleController(UserApproval approval, UserDeletion deletion, SignOut signOut) {
    this.approval = approval;
    this.deletion = deletion;
    this.signOut = signOut;
  }

  @PostMapping("/approve")
  @Operation(summary = "Make a pending user a USER (ADMIN)")
  ResponseEntity<UserResponse> approve(
      @AuthenticationPrincipal Caller caller,
      @PathVariable("id") long id,
      @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch) {
    return UserResponse.ok(approval.approve(caller, id, ifMatch));
  }

  @PostMapping("/reject")
  @Operation(
      summary = "Reject a pending user (ADMIN)",
      description = "Deletes the user, restorable for 30 days. The reason is kept in the audit.")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void reject(
      @AuthenticationPrincipal Caller caller,
      @PathVariable("id") long id,
      @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
      @Valid @RequestBody RejectionRequest body) {
    deletion.reject(caller, id, ifMatch, body.reason());
  }

  @PostMapping("/disable")
  @Operation(
      summary = "Disable a user (ADMIN)",
      description =
          "The role stays; every key and session is refused in every service within 30 seconds.")
  ResponseEntity<UserResponse> disable(
      @AuthenticationPrincipal Caller caller,
      @PathVariable("id") long id,
      @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
      @Valid @RequestBody(required = false) @Nullable DisableRequest body) {
    String reason = body == null ? null : body.reason();
    return UserResponse.ok(approval.disable(caller, id, ifMatch, reason));
  }

  @PostMapping("/enable")
  @Operation(summary = "Enable a disabled user (ADMIN)")
  ResponseEntity<UserResponse> enable(
      @AuthenticationPrincipal Caller caller,
      @PathVariable("id") long id,
      @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch) {
    return UserResponse.ok(approval.enable(caller, id, ifMatch));
  }

  @PostMapping("/sign-out")
  @Operation(
      summary = "Sign a user out everywhere (oneself, or any as ADMIN)",
      description =
          "Ends the sessions of all browsers and what clients were granted, in every service within 30 seconds. API keys stay.")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void signOut(@AuthenticationPrincipal Caller caller, @PathVariable("id") long id) {
    signOut.everywhere(caller, id);
  }

  @DeleteMapping
  @Operation(
      summary = "Delete a user (ADMIN)",
      description =
          "Restorable for 30 days. Refused with 409 and the list of holders while the user owns agents, unless transfer_to names the user who gets them.")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void delete(
      @AuthenticationPrincipal Caller caller,
      @PathVariable("id") long id,
      @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
      @RequestParam(name = "transfer_to", required = false) @Nullable Long transferTo) {
    deletion.delete(caller, id, ifMatch, transferTo);
  }

  @PostMapping("/restore")
  @Operation(summary = "Restore a deleted user (ADMIN)")
  ResponseEntity<UserResponse> restore(
      @AuthenticationPrincipal Caller caller, @PathVariable("id") long id) {
    return UserResponse.ok(deletion.restore(caller, id));
  }
}
