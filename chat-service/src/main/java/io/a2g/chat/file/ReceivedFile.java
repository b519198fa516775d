package io.a2g.chat.file;

import org.springframework.transaction.support.TransactionSynchronization;

/**
 * An upload whose bytes are on the disk and whose row is not stored yet. Closing it removes the
 * bytes, unless a commit of the row began: after one that failed it is unknown whether the row is
 * there, and the database's list of files to remove knows.
 */
public final class ReceivedFile implements AutoCloseable {

  private final FileUpload row;
  private final FileStore store;
  private boolean committing;

  ReceivedFile(FileUpload row, FileStore store) {
    this.row = row;
    this.store = store;
  }

  FileUpload row() {
    return row;
  }

  TransactionSynchronization untilCommit() {
    return new TransactionSynchronization() {
      @Override
      public void beforeCommit(boolean readOnly) {
        committing = true;
      }
    };
  }

  @Override
  public void close() {
    if (!committing) {
      store.remove(row.storageKey());
    }
  }
}
