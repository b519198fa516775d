package io.a2g.user.account.web;

import io.a2g.user.account.UserDeletion;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/users/rejections")
@Tag(name = "users")
class RejectionController {

  private final UserDeletion deletion;

  RejectionController(UserDeletion deletion) {
    this.deletion = deletion;
  }

  /** Users to reject, and why, for the audit. */
  record RejectionsRequest(
      @NotEmpty @Size(max = 100) List<@NotNull Long> ids,
      @NotBlank @Size(max = 500) String reason) {}

  /**
   * What became of them.
   *
   * @param rejected ids of the users who were rejected, ascending
   */
  record RejectionsResponse(List<Long> rejected) {}

  @PostMapping
  @Operation(
      summary = "Reject many pending users (ADMIN)",
      description =
          "All in one transaction. Ids of users who are not pending are passed over and missing in the answer. What was rejected can be restored for 30 days.")
  RejectionsResponse reject(@Valid @RequestBody RejectionsRequest body) {
    return new RejectionsResponse(deletion.rejectAll(body.ids(), body.reason()));
  }
}
