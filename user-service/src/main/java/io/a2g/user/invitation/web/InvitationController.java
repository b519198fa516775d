package io.a2g.user.invitation.web;

import io.a2g.common.security.Caller;
import io.a2g.common.web.Cursor;
import io.a2g.common.web.CursorPage;
import io.a2g.common.web.PageQuery;
import io.a2g.user.invitation.InvitationService;
import io.a2g.user.invitation.InvitationView;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import java.net.URI;
import java.time.Clock;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/invitations")
@Tag(name = "invitations")
class InvitationController {

  private static final String SCOPE = "invitations";

  private final InvitationService invitations;
  private final Clock clock;

  InvitationController(InvitationService invitations, Clock clock) {
    this.invitations = invitations;
    this.clock = clock;
  }

  @PostMapping
  @Operation(
      summary = "Invite a person (ADMIN)",
      description =
          "The code is in this answer and never again. Pass it on yourself: the platform sends no mail.")
  @ResponseStatus(HttpStatus.CREATED)
  ResponseEntity<InvitationView> invite(
      @AuthenticationPrincipal Caller caller, @Valid @RequestBody InvitationRequest body) {
    InvitationView issued = invitations.invite(caller, body.offer(clock.instant()));
    return ResponseEntity.created(URI.create("/api/v1/invitations/" + issued.id()))
        // Exactly this value: it also makes the idempotency store seal the answer.
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .body(issued);
  }

  @GetMapping
  @Operation(summary = "List invitations (ADMIN)", description = "Newest first, used ones too.")
  CursorPage<InvitationView> list(@ParameterObject @Valid PageQuery page) {
    var rows = invitations.list(page.beforeId(SCOPE), page.fetch());
    return CursorPage.of(
        rows,
        page.size(),
        invitation -> Cursor.of(SCOPE, invitation.id()),
        invitation -> invitation);
  }

  @GetMapping("/{id}")
  @Operation(summary = "Read an invitation (ADMIN)")
  InvitationView get(@PathVariable("id") long id) {
    return invitations.get(id);
  }

  @DeleteMapping("/{id}")
  @Operation(summary = "Revoke an invitation (ADMIN)")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void revoke(@PathVariable("id") long id) {
    invitations.revoke(id);
  }
}
