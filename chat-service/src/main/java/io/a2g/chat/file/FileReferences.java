package io.a2g.chat.file;

import io.a2g.common.reference.Reference;
import io.a2g.common.reference.ReferenceVerifier;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/** What a file refers to: its user and, perhaps, a conversation of that user. */
@Component
class FileReferences {

  private static final Reference USER = new Reference("user_id", "user", "users.pin_user");

  // The foreign key would accept a deleted session, and somebody else's; the pin does not.
  private static final Reference SESSION =
      new Reference("session_id", "chat session", "chat.pin_session");

  private final ReferenceVerifier references;

  FileReferences(ReferenceVerifier references) {
    this.references = references;
  }

  /** Makes sure that both are there until the transaction ends. */
  void pin(FileUpload file) {
    List<Reference.Pin> pins = new ArrayList<>();
    pins.add(USER.to(file.userId()));
    if (file.sessionId() != null) {
      pins.add(SESSION.to(file.sessionId(), null, file.userId(), false));
    }
    references.pin(pins.toArray(Reference.Pin[]::new));
  }
}
