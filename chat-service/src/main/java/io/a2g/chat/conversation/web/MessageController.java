package io.a2g.chat.conversation.web;

import io.a2g.chat.conversation.ChatMessage;
import io.a2g.chat.conversation.MessageHistory;
import io.a2g.chat.conversation.NewMessage;
import io.a2g.common.security.Caller;
import io.a2g.common.web.Cursor;
import io.a2g.common.web.CursorPage;
import io.a2g.common.web.EntityTags;
import io.a2g.common.web.PageQuery;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Pattern;
import java.net.URI;
import java.util.function.Function;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/chat-sessions/{id}/messages")
@Tag(name = "messages")
class MessageController {

  // Messages never change, so neither do their tags.
  private static final String TAG = EntityTags.of(0);

  private final MessageHistory history;

  MessageController(MessageHistory history) {
    this.history = history;
  }

  @PostMapping
  @Operation(
      summary = "Add a message",
      description = "The first USER message names a session that has no title.")
  @ResponseStatus(HttpStatus.CREATED)
  ResponseEntity<ChatMessage> append(
      @AuthenticationPrincipal Caller caller,
      @PathVariable("id") long id,
      @Valid @RequestBody NewMessage body) {
    ChatMessage message = history.append(caller, id, body);
    return ResponseEntity.created(
            URI.create("/api/v1/chat-sessions/%d/messages/%d".formatted(id, message.id())))
        .eTag(TAG)
        .body(message);
  }

  @GetMapping
  @Operation(summary = "List messages", description = "Oldest first, or newest first (desc).")
  CursorPage<ChatMessage> list(
      @AuthenticationPrincipal Caller caller,
      @PathVariable("id") long id,
      @ParameterObject @Valid PageQuery page,
      @RequestParam(name = "order", defaultValue = "asc")
          @Pattern(regexp = "asc|desc", message = "must be asc or desc")
          String order) {
    String scope = "chat-sessions/%d/messages?order=%s".formatted(id, order);
    var rows =
        order.equals("asc")
            ? history.after(caller, id, page.afterId(scope), page.fetch())
            : history.before(caller, id, page.beforeId(scope), page.fetch());
    return CursorPage.of(
        rows, page.size(), message -> Cursor.of(scope, message.id()), Function.identity());
  }

  @GetMapping("/{message_id}")
  @Operation(summary = "Read a message")
  ResponseEntity<ChatMessage> get(
      @AuthenticationPrincipal Caller caller,
      @PathVariable("id") long id,
      @PathVariable("message_id") long messageId) {
    return ResponseEntity.ok().eTag(TAG).body(history.get(caller, id, messageId));
  }
}
