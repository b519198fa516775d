package io.a2g.chat.file;

import io.a2g.common.persistence.SoftDeletable;
import io.a2g.common.reference.NewRow;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import org.jspecify.annotations.Nullable;

/** A file that a user uploaded. The bytes are in the file store. */
@Entity
@Table(name = "file_uploads", schema = "chat")
public class FileUpload extends SoftDeletable {

  @Column(updatable = false)
  private long userId;

  @Column(updatable = false)
  private @Nullable Long sessionId;

  @Column(updatable = false)
  private String originalName;

  @Column(updatable = false)
  private String contentType;

  @Column(updatable = false)
  private long sizeBytes;

  @Column(updatable = false)
  private byte[] sha256;

  @Column(updatable = false)
  private String storageKey;

  /** For JPA. */
  protected FileUpload() {}

  FileUpload(
      long userId, @Nullable Long sessionId, String originalName, FileType type, StoredFile file) {
    this.userId = userId;
    this.sessionId = sessionId;
    this.originalName = originalName;
    this.contentType = type.mediaType();
    this.sizeBytes = file.size();
    this.sha256 = file.sha256();
    this.storageKey = file.key();
  }

  /** What is stored of it at first. */
  NewRow asNewRow() {
    return NewRow.of("chat.file_uploads")
        .with("user_id", userId)
        .with("session_id", sessionId)
        .with("original_name", originalName)
        .with("content_type", contentType)
        .with("size_bytes", sizeBytes)
        .with("sha256", sha256)
        .with("storage_key", storageKey);
  }

  /** Who uploaded it. */
  public long userId() {
    return userId;
  }

  /** The conversation it belongs to; null for none. */
  public @Nullable Long sessionId() {
    return sessionId;
  }

  /** As the client named it. */
  public String originalName() {
    return originalName;
  }

  /** Media type by content and name. */
  public String contentType() {
    return contentType;
  }

  /** Bytes. */
  public long sizeBytes() {
    return sizeBytes;
  }

  /** SHA-256 of the bytes, 32 bytes. */
  public byte[] sha256() {
    return sha256.clone();
  }

  String storageKey() {
    return storageKey;
  }
}
