package io.a2g.chat.conversation;

import java.util.List;
import java.util.Optional;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** The table of sessions. Single reads need no transaction and open none. */
interface ChatSessionRepository extends Repository<ChatSession, Long> {

  ChatSession saveAndFlush(ChatSession session);

  @Query(
      """
      select s from ChatSession s
      where s.id = :id and (:admin = true or (s.userId = :callerId and s.deletedAt is null))
      """)
  Optional<ChatSession> findVisible(long id, long callerId, boolean admin);

  /** Locks as a deletion does, so that transactions which pin the session come first or wait. */
  @Query(
      nativeQuery = true,
      value =
          """
          SELECT * FROM chat.chat_sessions
          WHERE id = :id AND (user_id = :callerId OR :admin) FOR UPDATE
          """)
  Optional<ChatSession> findForUpdate(long id, long callerId, boolean admin);

  @Query(
      """
      select s from ChatSession s
      where s.userId = :userId and s.id < :before
        and ((:live = true and s.deletedAt is null) or (:live = false and s.deletedAt is not null))
      order by s.id desc
      """)
  List<ChatSession> list(long userId, long before, boolean live, Limit limit);

  @Query(
      """
      select s from ChatSession s
      where s.userId = :userId and s.agentId = :agentId and s.id < :before
        and ((:live = true and s.deletedAt is null) or (:live = false and s.deletedAt is not null))
      order by s.id desc
      """)
  List<ChatSession> listWithAgent(
      long userId, long agentId, long before, boolean live, Limit limit);
}
