package io.a2g.chat.conversation.web;

import io.a2g.chat.conversation.ChatSession;
import io.a2g.chat.conversation.ChatSessionService;
import io.a2g.common.json.Name;
import io.a2g.common.security.Caller;
import io.a2g.common.web.Cursor;
import io.a2g.common.web.CursorPage;
import io.a2g.common.web.EntityTags;
import io.a2g.common.web.MergePatch;
import io.a2g.common.web.PageQuery;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

@RestController
@RequestMapping("/api/v1/chat-sessions")
@Tag(name = "chat-sessions")
class ChatSessionController {

  private final ChatSessionService sessions;
  private final MergePatch patches;

  ChatSessionController(ChatSessionService sessions, MergePatch patches) {
    this.sessions = sessions;
    this.patches = patches;
  }

  @PostMapping
  @Operation(
      summary = "Open a session with an agent",
      description = "The session's user must be allowed to use the agent.")
  @ResponseStatus(HttpStatus.CREATED)
  ResponseEntity<ChatSessionResponse> open(
      @AuthenticationPrincipal Caller caller, @Valid @RequestBody ChatSessionRequest body) {
    ChatSession session = sessions.open(caller, body.userId(), body.agentId(), body.title());
    return ResponseEntity.created(URI.create("/api/v1/chat-sessions/" + session.id()))
        .eTag(EntityTags.of(session.version()))
        .body(ChatSessionResponse.of(session));
  }

  @GetMapping
  @Operation(summary = "List sessions", description = "Newest first; another user's as ADMIN.")
  CursorPage<ChatSessionResponse> list(
      @AuthenticationPrincipal Caller caller,
      @ParameterObject @Valid PageQuery page,
      @RequestParam(name = "agent_id", required = false) @Nullable Long agentId,
      @RequestParam(name = "user_id", required = false) @Nullable Long userId,
      @RequestParam(name = "deleted", defaultValue = "false") boolean deleted) {
    String scope =
        "chat-sessions?agent_id=%s&user_id=%s&deleted=%s"
            .formatted(agentId, userId == null ? caller.userId() : userId, deleted);
    var rows = sessions.list(caller, userId, agentId, deleted, page.beforeId(scope), page.fetch());
    return CursorPage.of(
        rows, page.size(), session -> Cursor.of(scope, session.id()), ChatSessionResponse::of);
  }

  @GetMapping("/{id}")
  @Operation(summary = "Read a session")
  ResponseEntity<ChatSessionResponse> get(
      @AuthenticationPrincipal Caller caller, @PathVariable("id") long id) {
    return answer(sessions.get(caller, id));
  }

  @PatchMapping("/{id}")
  @Operation(summary = "Rename a session (merge patch)")
  ResponseEntity<ChatSessionResponse> update(
      @AuthenticationPrincipal Caller caller,
      @PathVariable("id") long id,
      @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
      @io.swagger.v3.oas.annotations.parameters.RequestBody(
              content = @Content(schema = @Schema(implementation = ChatSessionUpdateRequest.class)))
          @RequestBody
          JsonNode patch) {
    return answer(
        sessions.rename(
            caller,
            id,
            ifMatch,
            title -> patches.apply(new ChatSessionUpdateRequest(title), patch).title()));
  }

  @DeleteMapping("/{id}")
  @Operation(
      summary = "Delete a session with its messages",
      description = "Restorable for 30 days.")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void delete(
      @AuthenticationPrincipal Caller caller,
      @PathVariable("id") long id,
      @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch) {
    sessions.delete(caller, id, ifMatch);
  }

  @PostMapping("/{id}/restore")
  @Operation(
      summary = "Bring a deleted session back",
      description = "Its user and agent must still be there, and usable.")
  ResponseEntity<ChatSessionResponse> restore(
      @AuthenticationPrincipal Caller caller, @PathVariable("id") long id) {
    return answer(sessions.restore(caller, id));
  }

  private static ResponseEntity<ChatSessionResponse> answer(ChatSession session) {
    return ResponseEntity.ok()
        .eTag(EntityTags.of(session.version()))
        .body(ChatSessionResponse.of(session));
  }

  /**
   * A new session.
   *
   * @param agentId with whom; its user must be allowed to use the agent
   * @param title absent: the first USER message names the session
   * @param userId whose; absent: the caller's. Only an administrator may name another user.
   */
  record ChatSessionRequest(
      @NotNull Long agentId,
      @Name @Size(min = 1, max = 200) @Nullable String title,
      @Nullable Long userId) {}

  /** What can be changed about a session; the target of a merge patch. */
  record ChatSessionUpdateRequest(@Name @Size(min = 1, max = 200) @Nullable String title) {}
}
