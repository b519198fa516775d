package io.a2g.chat.file;

import io.a2g.common.error.ProblemException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.springframework.core.io.Resource;

/** Keeps bytes under keys of its own. Knows nothing of users, names and types. */
interface FileStore {

  /**
   * Stores a file durably and whole, or not at all.
   *
   * @throws ProblemException 413 when it is larger than the limit, 507 when it cannot be written
   */
  StoredFile store(InputStream content);

  /**
   * The bytes of a stored file.
   *
   * @throws ProblemException 503 when they cannot be read, such as when the volume is not mounted
   */
  Resource open(String key);

  /** Removes a file; does nothing when there is none. */
  void remove(String key);

  /**
   * Goes through the keys of files stored before {@code time}, in no order.
   *
   * @param batch how many keys {@code action} gets at once
   */
  void forEachStoredBefore(Instant time, int batch, Consumer<List<String>> action);

  /** Removes what uploads that were cut off before {@code time} left behind. */
  void removeDraftsBefore(Instant time);
}
