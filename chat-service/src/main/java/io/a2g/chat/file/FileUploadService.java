package io.a2g.chat.file;

import io.a2g.common.error.InvalidRequest;
import io.a2g.common.error.ProblemException;
import io.a2g.common.security.Caller;
import java.io.IOException;
import java.io.InputStream;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Takes uploads in two steps: first the bytes, which may take as long as the disk does and keep no
 * connection of the database meanwhile, then the row. So a row never points to a missing file. A
 * file is listed for removal before it is there, and the transaction of its row takes it off the
 * list: what is left of a crash between the two is known.
 */
@Service
public class FileUploadService {

  private static final int KEY_BYTES = 16;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final FileTypeDetector types;
  private final FileStore store;
  private final FileReferences references;
  private final StorageQuota quota;
  private final JdbcClient jdbc;

  FileUploadService(
      FileTypeDetector types,
      FileStore store,
      FileReferences references,
      StorageQuota quota,
      JdbcClient jdbc) {
    this.types = types;
    this.store = store;
    this.references = references;
    this.quota = quota;
    this.jdbc = jdbc;
  }

  /**
   * Stores the bytes of a file of the caller.
   *
   * @throws ProblemException 413, 415, 422 or 507; then nothing is stored
   * @throws IOException when the upload cannot be read
   */
  public ReceivedFile receive(Caller caller, Upload upload) throws IOException {
    String name = FileName.require(upload.name());
    if (upload.size() == 0) {
      throw new InvalidRequest("file", "empty", "is empty");
    }
    FileType type = typeOf(name, upload);
    StoredFile stored = store(upload);
    return new ReceivedFile(
        new FileUpload(caller.userId(), upload.sessionId(), name, type, stored), store);
  }

  /**
   * Stores the row of a file whose bytes are there.
   *
   * @throws ProblemException 413, 422 or 507; then nothing is stored
   */
  @Transactional
  public FileUpload keep(ReceivedFile file) {
    TransactionSynchronizationManager.registerSynchronization(file.untilCommit());
    FileUpload stored = references.insert(file.row());
    quota.requireRoom(stored.userId());
    return stored;
  }

  private FileType typeOf(String name, Upload upload) throws IOException {
    try (InputStream content = upload.content().getInputStream()) {
      return types.detect(name, upload.declaredType(), content);
    }
  }

  private StoredFile store(Upload upload) throws IOException {
    String key = randomKey();
    jdbc.sql("INSERT INTO chat.files_to_remove (storage_key) VALUES (?)").param(key).update();
    try (InputStream content = upload.content().getInputStream()) {
      return store.store(key, content);
    }
  }

  private static String randomKey() {
    byte[] bytes = new byte[KEY_BYTES];
    RANDOM.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
