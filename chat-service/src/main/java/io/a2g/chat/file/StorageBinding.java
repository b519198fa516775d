package io.a2g.chat.file;

import io.a2g.common.readiness.SchemaReady;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Binds this database to one folder of uploads: an id that is drawn once stands in both. With
 * another folder the service is not ready, before an upload goes where no other replica finds it.
 */
@Component
class StorageBinding {

  private final FileStore store;
  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;

  StorageBinding(FileStore store, JdbcClient jdbc, TransactionTemplate transaction) {
    this.store = store;
    this.jdbc = jdbc;
    this.transaction = transaction;
  }

  /**
   * Looks whether they belong together. A database without uploads may share a folder: each removes
   * only files that it lists itself. One with uploads takes a folder without an id, as before there
   * were ids and after a restore, when its files are there.
   *
   * @throws IllegalStateException when they do not
   */
  @EventListener(SchemaReady.class)
  void requireBound() {
    transaction.executeWithoutResult(status -> {
      Binding known = lock();
      Optional<UUID> folder = store.id();
      boolean fits =
          known.folder() == null
              ? known.bytes() == 0 || (folder.isEmpty() && holdsTheLatest())
              : folder.equals(Optional.of(known.folder()));
      if (!fits) {
        throw mismatch(known.folder(), folder);
      }
      if (known.folder() == null) {
        bind(folder.orElseGet(UUID::randomUUID));
      }
    });
  }

  /**
   * What the database knows.
   *
   * @param folder id of the folder; null: none yet
   * @param bytes of all uploads
   */
  private record Binding(@Nullable UUID folder, long bytes) {}

  // Replicas that start at the same moment wait for each other here.
  private Binding lock() {
    jdbc.sql("INSERT INTO chat.file_storage (bytes) VALUES (0) ON CONFLICT DO NOTHING").update();
    return jdbc.sql("SELECT folder_id, bytes FROM chat.file_storage FOR UPDATE")
        .query((row, number) -> new Binding(row.getObject(1, UUID.class), row.getLong(2)))
        .single();
  }

  private boolean holdsTheLatest() {
    return jdbc.sql("SELECT storage_key FROM chat.file_uploads ORDER BY id DESC LIMIT 1")
        .query((row, number) -> row.getString(1))
        .optional()
        .map(store::holds)
        .orElse(true);
  }

  // The folder first: a crash between the two leaves a database that is still to be bound.
  private void bind(UUID id) {
    store.mark(id);
    jdbc.sql("UPDATE chat.file_storage SET folder_id = ?").param(id).update();
  }

  private IllegalStateException mismatch(@Nullable UUID known, Optional<UUID> folder) {
    return new IllegalStateException(
        "The folder of uploads %s has the id %s, and this database needs %s: set FILE_STORAGE_DIR to the folder of this database, or bind them (docs/operations.md, \"Uploads\")"
            .formatted(
                store,
                folder.map(UUID::toString).orElse("none"),
                known == null ? "one without an id that holds its files" : known));
  }
}
