package io.a2g.chat.file.web;

import io.a2g.chat.file.FileUpload;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * A file.
 *
 * @param contentType media type by content and name
 * @param sha256 of the bytes, 64 hex digits
 * @param deletedAt null while it is live
 */
record FileResponse(
    long id,
    long userId,
    @Nullable Long sessionId,
    String originalName,
    String contentType,
    @Schema(description = "Bytes") long sizeBytes,
    @Schema(description = "SHA-256 of the bytes", pattern = "^[0-9a-f]{64}$") String sha256,
    int version,
    Instant createdAt,
    Instant updatedAt,
    @Nullable Instant deletedAt) {

  static FileResponse of(FileUpload file) {
    return new FileResponse(
        file.id(),
        file.userId(),
        file.sessionId(),
        file.originalName(),
        file.contentType(),
        file.sizeBytes(),
        HexFormat.of().formatHex(file.sha256()),
        file.version(),
        file.createdAt(),
        file.updatedAt(),
        file.deletedAt());
  }
}
