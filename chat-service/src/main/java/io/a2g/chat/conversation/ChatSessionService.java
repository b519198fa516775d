package io.a2g.chat.conversation;

import io.a2g.common.audit.AuditLog;
import io.a2g.common.error.ResourceNotFound;
import io.a2g.common.reference.ReferenceHolders;
import io.a2g.common.security.Caller;
import io.a2g.common.topology.ReferenceTarget;
import io.a2g.common.web.EntityTags;
import java.time.Clock;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Opens, lists, names, deletes and restores sessions. */
@Service
public class ChatSessionService {

  private final ChatSessionRepository sessions;
  private final SessionReferences references;
  private final TraceIds traceIds;
  private final ReferenceHolders holders;
  private final AuditLog audit;
  private final Clock clock;

  ChatSessionService(
      ChatSessionRepository sessions,
      SessionReferences references,
      TraceIds traceIds,
      ReferenceHolders holders,
      AuditLog audit,
      Clock clock) {
    this.sessions = sessions;
    this.references = references;
    this.traceIds = traceIds;
    this.holders = holders;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * Opens a session.
   *
   * @param userId whose; null: the caller's
   * @param title null: the first USER message names it
   */
  @Transactional
  public ChatSession open(
      Caller caller, @Nullable Long userId, long agentId, @Nullable String title) {
    long owner = caller.ownerOf("user_id", userId);
    return references.insert(caller, new ChatSession(owner, agentId, traceIds.next(), title));
  }

  /** A session the caller may see: any for administrators, deleted ones too; else the own ones. */
  public ChatSession get(Caller caller, long id) {
    return sessions
        .findVisible(id, caller.userId(), caller.isAdmin())
        .orElseThrow(() -> notFound(id));
  }

  /**
   * Sessions of one user, newest first.
   *
   * @param userId whose; null: the caller's
   * @param agentId only those with this agent; null: all
   * @param deleted the deleted ones instead of the live ones
   */
  public List<ChatSession> list(
      Caller caller,
      @Nullable Long userId,
      @Nullable Long agentId,
      boolean deleted,
      long before,
      int limit) {
    long owner = caller.ownerOf("user_id", userId);
    return agentId == null
        ? sessions.list(owner, before, !deleted, Limit.of(limit))
        : sessions.listWithAgent(owner, agentId, before, !deleted, Limit.of(limit));
  }

  /**
   * Changes the title.
   *
   * @param ifMatch see {@link EntityTags#requireMatch}
   * @param edit computes the new title from the current one, under the row's lock
   */
  @Transactional
  public ChatSession rename(
      Caller caller,
      long id,
      @Nullable String ifMatch,
      Function<@Nullable String, @Nullable String> edit) {
    ChatSession session = locked(caller, id, true);
    EntityTags.requireMatch(ifMatch, session.version());
    session.rename(edit.apply(session.title()));
    return sessions.saveAndFlush(session);
  }

  /** Marks the session deleted, with its messages; its files stay. */
  @Transactional
  public void delete(Caller caller, long id, @Nullable String ifMatch) {
    ChatSession session = locked(caller, id, true);
    EntityTags.requireMatch(ifMatch, session.version());
    holders.requireDeletable(ReferenceTarget.of("session"), id);
    session.delete(clock.instant());
    sessions.saveAndFlush(session);
    audit.record("session.deleted", "session", id, null, null);
  }

  /** Brings a deleted session back within 30 days, if its user and agent are still there. */
  @Transactional
  public ChatSession restore(Caller caller, long id) {
    ChatSession session = locked(caller, id, false);
    if (session.isLive()) {
      return session;
    }
    session.restore(clock.instant());
    references.pin(caller, session);
    audit.record("session.restored", "session", id, null, null);
    return sessions.saveAndFlush(session);
  }

  private ChatSession locked(Caller caller, long id, boolean live) {
    return sessions
        .findForUpdate(id, caller.userId(), caller.isAdmin())
        .filter(session -> session.isLive() || !live)
        .orElseThrow(() -> notFound(id));
  }

  static ResourceNotFound notFound(long id) {
    return new ResourceNotFound("chat session", id);
  }
}
