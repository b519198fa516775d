package io.a2g.chat.file;

import io.a2g.common.error.ProblemException;
import io.a2g.common.error.ProblemType;
import org.springframework.http.HttpStatus;

/** The file store cannot take more, and nothing was stored (507). */
public class StorageFull extends ProblemException {

  private static final ProblemType TYPE =
      new ProblemType(
          "insufficient_storage", HttpStatus.INSUFFICIENT_STORAGE, "The upload cannot be stored");

  /** The reason is in the log. */
  public StorageFull() {
    super(TYPE, "The server has no room for the upload; tell the operator of the platform.");
  }
}
