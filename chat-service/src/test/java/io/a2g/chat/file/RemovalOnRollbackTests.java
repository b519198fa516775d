package io.a2g.chat.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.util.unit.DataSize;

class RemovalOnRollbackTests {

  @TempDir private Path root;
  private RemovalOnRollback removal;

  @BeforeEach
  void storeFile() {
    var store = new DiskFileStore(root, DataSize.ofBytes(10));
    StoredFile file = store.store(new ByteArrayInputStream("x".getBytes(UTF_8)));
    removal = new RemovalOnRollback(store, file.key());
  }

  @Test
  void rollbackRemovesTheFile() throws IOException {
    removal.afterCompletion(TransactionSynchronization.STATUS_ROLLED_BACK);

    assertThat(files()).isZero();
  }

  @Test
  void commitKeepsTheFile() throws IOException {
    removal.beforeCommit(false);
    removal.afterCompletion(TransactionSynchronization.STATUS_COMMITTED);

    assertThat(files()).isOne();
  }

  @Test
  void commitThatFailsKeepsTheFileBecauseTheRowMayBeThere() throws IOException {
    removal.beforeCommit(false);
    removal.afterCompletion(TransactionSynchronization.STATUS_ROLLED_BACK);

    assertThat(files()).isOne();
  }

  @Test
  void rollbackOverABrokenConnectionRemovesTheFile() throws IOException {
    removal.afterCompletion(TransactionSynchronization.STATUS_UNKNOWN);

    assertThat(files()).isZero();
  }

  @Test
  void commitOverABrokenConnectionKeepsTheFile() throws IOException {
    removal.beforeCommit(false);
    removal.afterCompletion(TransactionSynchronization.STATUS_UNKNOWN);

    assertThat(files()).isOne();
  }

  private long files() throws IOException {
    try (var paths = Files.walk(root)) {
      return paths.filter(Files::isRegularFile).count();
    }
  }
}
