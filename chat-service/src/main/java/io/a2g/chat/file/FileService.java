package io.a2g.chat.file;

import io.a2g.common.audit.AuditLog;
import io.a2g.common.error.ResourceNotFound;
import io.a2g.common.security.Caller;
import io.a2g.common.web.EntityTags;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Lists, hands out, deletes and restores files. */
@Service
public class FileService {

  private final FileUploadRepository files;
  private final FileStore store;
  private final FileReferences references;
  private final AuditLog audit;
  private final Clock clock;

  FileService(
      FileUploadRepository files,
      FileStore store,
      FileReferences references,
      AuditLog audit,
      Clock clock) {
    this.files = files;
    this.store = store;
    this.references = references;
    this.audit = audit;
    this.clock = clock;
  }

  /** A file the caller may see: any for administrators, deleted ones too; else the own ones. */
  public FileUpload get(Caller caller, long id) {
    return files.findVisible(id, caller.userId(), caller.isAdmin()).orElseThrow(() -> notFound(id));
  }

  /** The bytes of a file that {@link #get} gave; those of a deleted one cannot be read. */
  public Resource contentOf(FileUpload file) {
    if (!file.isLive()) {
      throw notFound(file.id());
    }
    return store.open(file.storageKey());
  }

  /**
   * Files of one user, newest first.
   *
   * @param userId whose; null: the caller's
   * @param sessionId only those of this conversation; null: all
   * @param deleted the deleted ones instead of the live ones
   */
  public List<FileUpload> list(
      Caller caller,
      @Nullable Long userId,
      @Nullable Long sessionId,
      boolean deleted,
      long before,
      int limit) {
    long owner = caller.ownerOf("user_id", userId);
    return sessionId == null
        ? files.list(owner, before, !deleted, Limit.of(limit))
        : files.listOfSession(sessionId, owner, before, !deleted, Limit.of(limit));
  }

  /** Marks the file deleted; its bytes stay while it can be restored. */
  @Transactional
  public void delete(Caller caller, long id, @Nullable String ifMatch) {
    FileUpload file = locked(caller, id);
    if (!file.isLive()) {
      throw notFound(id);
    }
    EntityTags.requireMatch(ifMatch, file.version());
    file.delete(clock.instant());
    files.saveAndFlush(file);
    audit.record("file.deleted", "file", id, null, null);
  }

  /** Brings a deleted file back within 30 days, if its user and conversation are still there. */
  @Transactional
  public FileUpload restore(Caller caller, long id) {
    FileUpload file = locked(caller, id);
    if (file.isLive()) {
      return file;
    }
    file.restore(clock.instant());
    references.pin(file);
    audit.record("file.restored", "file", id, null, null);
    return files.saveAndFlush(file);
  }

  private FileUpload locked(Caller caller, long id) {
    return files
        .findForUpdate(id, caller.userId(), caller.isAdmin())
        .orElseThrow(() -> notFound(id));
  }

  private static ResourceNotFound notFound(long id) {
    return new ResourceNotFound("file", id);
  }
}
