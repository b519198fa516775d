package io.a2g.chat.file;

import io.a2g.common.error.ProblemException;
import io.a2g.common.error.ProblemType;
import org.springframework.http.HttpStatus;
import org.springframework.util.unit.DataSize;

/** The user's files would take more than a user's may, and nothing was stored (413). */
class StorageQuotaExceeded extends ProblemException {

  private static final ProblemType TYPE =
      new ProblemType(
          "storage_quota_exceeded", HttpStatus.CONTENT_TOO_LARGE, "The user's files are too much");

  StorageQuotaExceeded(DataSize quota) {
    super(
        TYPE,
        "Your files may take %d bytes together; deleted ones count until they cannot be restored any more."
            .formatted(quota.toBytes()));
  }
}
