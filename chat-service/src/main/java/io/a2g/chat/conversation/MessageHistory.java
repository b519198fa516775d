package io.a2g.chat.conversation;

import io.a2g.common.error.ResourceNotFound;
import io.a2g.common.security.Caller;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/**
 * The messages of sessions. Every method is one statement that carries the caller, so none of them
 * needs a transaction.
 */
@Service
public class MessageHistory {

  private static final String COLUMNS = "m.id, m.role, m.content, m.metadata, m.created_at";

  // The update comes first: it holds the session's row while the message's id is drawn, so ids and
  // times ascend in the order of commits, and a page never misses a message that commits late.
  // It takes the row's lock without its key, which leaves those alone who only pin the session.
  private static final String APPEND =
      """
      WITH session AS (
        UPDATE chat.chat_sessions
        SET last_message_at = clock_timestamp(), title = coalesce(title, CAST(? AS text)),
            version = version + 1
        WHERE id = ? AND deleted_at IS NULL AND (user_id = ? OR ?)
        RETURNING id, last_message_at)
      INSERT INTO chat.chat_messages AS m (session_id, role, content, metadata, created_at)
      SELECT id, ?, ?, CAST(? AS jsonb), last_message_at FROM session
      RETURNING %s
      """
          .formatted(COLUMNS);

  // A row without a message says that the session is there and empty.
  private static final String PAGE =
      """
      SELECT %1$s FROM chat.chat_sessions s LEFT JOIN LATERAL (
        SELECT * FROM chat.chat_messages
        WHERE session_id = s.id AND id %2$s ? ORDER BY id %3$s LIMIT ?) m ON true
      WHERE s.id = ? AND s.deleted_at IS NULL AND (s.user_id = ? OR ?)
      ORDER BY m.id %3$s
      """;

  private static final String ASCENDING = PAGE.formatted(COLUMNS, ">", "ASC");
  private static final String DESCENDING = PAGE.formatted(COLUMNS, "<", "DESC");

  private static final String ONE =
      """
      SELECT %s FROM chat.chat_sessions s JOIN chat.chat_messages m ON m.session_id = s.id
      WHERE m.id = ? AND s.id = ? AND s.deleted_at IS NULL AND (s.user_id = ? OR ?)
      """
          .formatted(COLUMNS);

  private final JdbcClient jdbc;

  MessageHistory(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Adds a message at the end; the first one of the USER also names the session. */
  public ChatMessage append(Caller caller, long sessionId, NewMessage message) {
    String title = message.role() == MessageRole.USER ? SessionTitle.of(message.content()) : null;
    return jdbc.sql(APPEND)
        .param(title)
        .params(sessionId, caller.userId(), caller.isAdmin())
        .params(message.role().name(), message.content(), message.metadata().text())
        .query((row, number) -> message(row, sessionId))
        .optional()
        .orElseThrow(() -> ChatSessionService.notFound(sessionId));
  }

  /** Messages after the one with id {@code after}, oldest first. */
  public List<ChatMessage> after(Caller caller, long sessionId, long after, int limit) {
    return page(ASCENDING, caller, sessionId, after, limit);
  }

  /** Messages before the one with id {@code before}, newest first. */
  public List<ChatMessage> before(Caller caller, long sessionId, long before, int limit) {
    return page(DESCENDING, caller, sessionId, before, limit);
  }

  /** One message. */
  public ChatMessage get(Caller caller, long sessionId, long id) {
    return jdbc.sql(ONE)
        .params(id, sessionId, caller.userId(), caller.isAdmin())
        .query((row, number) -> message(row, sessionId))
        .optional()
        .orElseThrow(() -> new ResourceNotFound("message", id));
  }

  private List<ChatMessage> page(String sql, Caller caller, long sessionId, long from, int limit) {
    List<Optional<ChatMessage>> rows =
        jdbc.sql(sql)
            .params(from, limit, sessionId, caller.userId(), caller.isAdmin())
            .query((row, number) ->
                row.getString(2) == null
                    ? Optional.<ChatMessage>empty()
                    : Optional.of(message(row, sessionId)))
            .list();
    if (rows.isEmpty()) {
      throw ChatSessionService.notFound(sessionId);
    }
    return rows.stream().flatMap(Optional::stream).toList();
  }

  private static ChatMessage message(ResultSet row, long sessionId) throws SQLException {
    return new ChatMessage(
        row.getLong(1),
        sessionId,
        MessageRole.valueOf(row.getString(2)),
        row.getString(3),
        row.getString(4),
        row.getObject(5, OffsetDateTime.class).toInstant());
  }
}
