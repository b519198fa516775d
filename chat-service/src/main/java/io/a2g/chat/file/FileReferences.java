package io.a2g.chat.file;

import io.a2g.common.reference.PinnedRows;
import io.a2g.common.reference.ReferenceVerifier;
import io.a2g.common.topology.Pin;
import io.a2g.common.topology.Reference;
import io.a2g.common.topology.ReferenceTarget;
import org.springframework.stereotype.Component;

/** What a file refers to: its user and, perhaps, a conversation of that user. */
@Component
class FileReferences {

  static final Reference USER = Reference.of("chat-service", "file_uploads.user_id");
  private static final ReferenceTarget SESSION = ReferenceTarget.of("session");

  private final ReferenceVerifier references;
  private final PinnedRows rows;

  FileReferences(ReferenceVerifier references, PinnedRows rows) {
    this.references = references;
    this.rows = rows;
  }

  /** Makes sure that both are there until the transaction ends. */
  void pin(FileUpload file) {
    references.pin(pins(file));
  }

  /** Stores a new file if both are there. */
  FileUpload insert(FileUpload file) {
    return rows.insert(file.asNewRow(), FileUpload.class, pins(file));
  }

  private static Pin[] pins(FileUpload file) {
    Pin user = USER.to(file.userId());
    // The foreign key would accept a deleted session, and another user's; the pin does not.
    return file.sessionId() == null
        ? new Pin[] {user}
        : new Pin[] {user, SESSION.pin("session_id", file.sessionId(), null, file.userId(), false)};
  }
}
