package io.a2g.chat.file;

import io.a2g.common.error.InvalidRequest;
import io.a2g.common.error.ProblemException;
import io.a2g.common.security.Caller;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.springframework.stereotype.Service;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Takes uploads. The file comes first and the row second, so that a row never points to a missing
 * file; what is left of a failure between the two is a file without a row.
 */
@Service
public class FileUploadService {

  private final FileTypeDetector types;
  private final FileStore store;
  private final FileReferences references;
  private final TransactionTemplate transaction;

  FileUploadService(
      FileTypeDetector types,
      FileStore store,
      FileReferences references,
      TransactionTemplate transaction) {
    this.types = types;
    this.store = store;
    this.references = references;
    this.transaction = transaction;
  }

  /**
   * Stores a file of the caller.
   *
   * @throws ProblemException 413, 415, 422 or 507; then nothing is stored
   * @throws IOException when the upload cannot be read
   */
  public FileUpload take(Caller caller, Upload upload) throws IOException {
    String name = FileName.require(upload.name());
    if (upload.size() == 0) {
      throw new InvalidRequest("file", "empty", "is empty");
    }
    FileType type = typeOf(name, upload);
    StoredFile stored = store(upload);
    var file = new FileUpload(caller.userId(), upload.sessionId(), name, type, stored);
    try {
      return Objects.requireNonNull(transaction.execute(status -> insert(file)));
    } catch (CannotCreateTransactionException e) {
      store.remove(stored.key());
      throw e;
    }
  }

  private FileType typeOf(String name, Upload upload) throws IOException {
    try (InputStream content = upload.content().getInputStream()) {
      return types.detect(name, upload.declaredType(), content);
    }
  }

  private StoredFile store(Upload upload) throws IOException {
    try (InputStream content = upload.content().getInputStream()) {
      return store.store(content);
    }
  }

  private FileUpload insert(FileUpload file) {
    TransactionSynchronizationManager.registerSynchronization(
        new RemovalOnRollback(store, file.storageKey()));
    return references.insert(file);
  }
}
