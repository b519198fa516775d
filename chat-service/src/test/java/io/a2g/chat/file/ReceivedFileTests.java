package io.a2g.chat.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

class ReceivedFileTests {

  private static final String KEY = "0".repeat(32);

  @TempDir private Path root;
  private ReceivedFile file;

  @BeforeEach
  void receive() {
    var store = new DiskFileStore(root, DataSize.ofBytes(10));
    store.mark(UUID.randomUUID());
    StoredFile stored = store.store(KEY, new ByteArrayInputStream("x".getBytes(UTF_8)));
    FileType type = FileType.ofExtension("txt").orElseThrow();
    file = new ReceivedFile(new FileUpload(1, null, "a.txt", type, stored), store);
  }

  @Test
  void closeRemovesTheBytesOfARowThatWasNotStored() {
    file.untilCommit();
    file.close();

    assertThat(root.resolve("00/00/" + KEY)).doesNotExist();
  }

  @Test
  void closeKeepsTheBytesAfterACommitWhichMayHaveFailed() {
    file.untilCommit().beforeCommit(false);
    file.close();

    assertThat(root.resolve("00/00/" + KEY)).exists();
  }
}
