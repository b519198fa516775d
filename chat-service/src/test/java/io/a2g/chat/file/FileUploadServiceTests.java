package io.a2g.chat.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.a2g.common.error.InvalidRequest;
import io.a2g.common.security.Caller;
import io.a2g.common.security.Role;
import io.a2g.common.security.Scopes;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.AbstractDataSource;
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
            null,
            JdbcClient.create(new NoDatabase()));
  }

  @Test
  void receiveWithoutADatabaseThatKnowsOfTheFileStoresNothing() {
    assertThatThrownBy(() -> uploads.receive(CALLER, upload("hello")))
        .isInstanceOf(CannotGetJdbcConnectionException.class);

    assertThat(root).isEmptyDirectory();
  }

  @Test
  void receiveOfAnEmptyFileStoresNothing() {
    assertThatThrownBy(() -> uploads.receive(CALLER, upload("")))
        .isInstanceOf(InvalidRequest.class);

    assertThat(root).isEmptyDirectory();
  }

  private static Upload upload(String content) {
    byte[] bytes = content.getBytes(UTF_8);
    return new Upload("a.txt", "text/plain", bytes.length, new ByteArrayResource(bytes), null);
  }

  private static final class NoDatabase extends AbstractDataSource {

    @Override
    public Connection getConnection() throws SQLException {
      throw new SQLException("no connection");
    }

    @Override
    public Connection getConnection(String username, String password) throws SQLException {
      return getConnection();
    }
  }
}
