package io.a2g.chat.file;

import io.a2g.common.reference.Pin;
import io.a2g.common.reference.Reference;
import io.a2g.common.reference.Reference.OnDelete;
import io.a2g.common.reference.Reference.OnOrphan;
import io.a2g.common.reference.ReferenceTarget;
import io.a2g.common.reference.ReferenceVerifier;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/** What a file refers to: its user and, perhaps, a conversation of that user. */
@Component
class FileReferences {

  static final Reference USER =
      new Reference(
          "file_uploads",
          "user_id",
          false,
          ReferenceTarget.USER,
          OnDelete.KEEP,
          OnOrphan.SOFT_DELETE);

  private final ReferenceVerifier references;

  FileReferences(ReferenceVerifier references) {
    this.references = references;
  }

  /** Makes sure that both are there until the transaction ends. */
  void pin(FileUpload file) {
    List<Pin> pins = new ArrayList<>();
    pins.add(USER.to(file.userId()));
    if (file.sessionId() != null) {
      // The foreign key would accept a deleted session, and somebody else's; the pin does not.
      pins.add(
          ReferenceTarget.SESSION.pin("session_id", file.sessionId(), null, file.userId(), false));
    }
    references.pin(pins.toArray(Pin[]::new));
  }
}
