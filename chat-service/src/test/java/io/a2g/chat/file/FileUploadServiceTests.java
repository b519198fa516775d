package io.a2g.chat.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.a2g.common.error.InvalidRequest;
import io.a2g.common.security.Caller;
import io.a2g.common.security.Role;
import io.a2g.common.security.Scopes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.support.TransactionCallback;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.unit.DataSize;

class FileUploadServiceTests {

  private static final Caller CALLER = new Caller(1, Role.USER, null, 1L, Scopes.ALL);

  @TempDir private Path root;
  private FileUploadService uploads;

  @BeforeEach
  void makeService() {
    // The table is out of reach, so none is given.
    uploads =
        new FileUploadService(
            new FileTypeDetector(),
            new DiskFileStore(root, DataSize.ofKilobytes(1)),
            new FileReferences(pins -> {}, null),
            new NoDatabase());
  }

  @Test
  void takeWithoutADatabaseLeavesNoFile() throws IOException {
    assertThatThrownBy(() -> uploads.take(CALLER, upload("hello")))
        .isInstanceOf(CannotCreateTransactionException.class);

    try (var paths = Files.walk(root)) {
      assertThat(paths.filter(Files::isRegularFile)).isEmpty();
    }
  }

  @Test
  void takeOfAnEmptyFileStoresNothing() throws IOException {
    assertThatThrownBy(() -> uploads.take(CALLER, upload(""))).isInstanceOf(InvalidRequest.class);

    assertThat(root).isEmptyDirectory();
  }

  private static Upload upload(String content) {
    byte[] bytes = content.getBytes(UTF_8);
    return new Upload("a.txt", "text/plain", bytes.length, new ByteArrayResource(bytes), null);
  }

  private static final class NoDatabase extends TransactionTemplate {

    @Override
    public <T> T execute(TransactionCallback<T> action) {
      throw new CannotCreateTransactionException("no connection");
    }
  }
}
