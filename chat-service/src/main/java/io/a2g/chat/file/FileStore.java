package io.a2g.chat.file;

import io.a2g.common.error.ProblemException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.springframework.core.io.Resource;

/** Keeps bytes under keys that it is given. Knows nothing of users, names and types. */
interface FileStore {

  /**
   * Stores a file durably and whole, or not at all.
   *
   * @param key 32 hex digits that nothing is stored under
   * @throws ProblemException 413 when it is larger than the limit, 507 when it cannot be written
   */
  StoredFile store(String key, InputStream content);

  /**
   * The bytes of a stored file.
   *
   * @throws ProblemException 503 when they cannot be read, such as when the volume is not mounted
   */
  Resource open(String key);

  /** Whether a file is stored under this key. */
  boolean holds(String key);

  /** Removes a file; true when there is none any more, or there was none. */
  boolean remove(String key);

  /** Removes what uploads that were cut off before {@code time} left behind. */
  void removeDraftsBefore(Instant time);

  /**
   * The id that this store bears.
   *
   * @return empty when it bears none yet
   * @throws IllegalStateException when it cannot be read
   */
  Optional<UUID> id();

  /**
   * Gives the store its id, durably; it takes no file before.
   *
   * @throws IllegalStateException when it cannot be written
   */
  void mark(UUID id);
}
