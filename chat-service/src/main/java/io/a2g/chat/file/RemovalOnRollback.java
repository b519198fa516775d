package io.a2g.chat.file;

import org.springframework.transaction.support.TransactionSynchronization;

/**
 * Removes a file whose row was not stored. When the commit itself fails nobody knows whether the
 * row is there; then the file stays, and the sweeper decides a day later.
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
    if (status == STATUS_ROLLED_BACK && !committing) {
      store.remove(key);
    }
  }
}
