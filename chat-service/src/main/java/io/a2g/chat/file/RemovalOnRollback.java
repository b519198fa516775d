package io.a2g.chat.file;

import org.springframework.transaction.support.TransactionSynchronization;

/**
 * Removes a file whose row was not stored. After a commit that failed it is unknown whether the row
 * is there; then the file stays, and the cleanup decides a day later.
 */
final class RemovalOnRollback implements TransactionSynchronization {

  private final FileStore store;
  private final String key;
  private boolean committing;

  RemovalOnRollback(FileStore store, String key) {
    this.store = store;
    this.key = key;
  }

  @Override
  public void beforeCommit(boolean readOnly) {
    committing = true;
  }

  @Override
  public void afterCompletion(int status) {
    // Without a commit there is no row, even when the rollback could not be confirmed.
    if (!committing) {
      store.remove(key);
    }
  }
}
