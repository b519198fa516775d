package io.a2g.chat.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.a2g.common.database.DatabaseUrl;
import io.a2g.common.testkit.database.TestDatabase;
import io.a2g.common.topology.PlatformSchema;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.util.unit.DataSize;

/** Needs a database of its own: in the shared one there are always other files. */
class FileCleanupIT {

  private static JdbcClient jdbc;

  @TempDir private Path root;
  private DiskFileStore store;

  @BeforeAll
  static void connect() {
    DatabaseUrl url = TestDatabase.get().migrated("cleanup").app(PlatformSchema.of("chat"));
    jdbc =
        JdbcClient.create(new DriverManagerDataSource(url.jdbcUrl(), url.user(), url.password()));
  }

  @BeforeEach
  void makeStore() {
    store = new DiskFileStore(root, DataSize.ofBytes(10));
    jdbc.sql("DELETE FROM chat.file_uploads").update();
  }

  @Test
  void cleanupRemovesOldFilesWithoutARow() throws IOException {
    String live = stored();
    insertRow(live, false);
    String restorable = stored();
    insertRow(restorable, true);
    for (int i = 0; i < 600; i++) {
      stored();
    }

    int removed = cleanup(Duration.ofHours(25)).removeOrphans();

    assertThat(removed).isEqualTo(600);
    assertThat(keys()).containsExactlyInAnyOrder(live, restorable);
  }

  @Test
  void cleanupLeavesUploadsUnderWay() throws IOException {
    insertRow(stored(), false);
    stored();
    Path draft = Files.writeString(root.resolve("drafts/draft"), "x");

    int removed = cleanup(Duration.ofHours(23)).removeOrphans();

    assertThat(removed).isZero();
    assertThat(keys()).hasSize(2);
    assertThat(draft).exists();
    cleanup(Duration.ofHours(25)).removeOrphans();
    assertThat(keys()).hasSize(1);
    assertThat(draft).doesNotExist();
  }

  @Test
  void cleanupLeavesEverythingWhenTheTableIsEmpty() throws IOException {
    stored();

    int removed = cleanup(Duration.ofHours(25)).removeOrphans();

    assertThat(removed).isZero();
    assertThat(keys()).hasSize(1);
  }

  private FileCleanup cleanup(Duration later) {
    var clock = Clock.offset(Clock.systemUTC(), later);
    return new FileCleanup(store, jdbc, clock);
  }

  private String stored() {
    return store.store(new ByteArrayInputStream("x".getBytes(UTF_8))).key();
  }

  private static void insertRow(String key, boolean deleted) {
    jdbc.sql(
            """
            INSERT INTO chat.file_uploads
              (user_id, original_name, content_type, size_bytes, sha256, storage_key, deleted_at)
            VALUES (1, 'a.txt', 'text/plain', 1, sha256('x'), ?, CASE WHEN ? THEN now() END)
            """)
        .params(key, deleted)
        .update();
  }

  private List<String> keys() throws IOException {
    try (Stream<Path> paths = Files.walk(root)) {
      return paths
          .filter(Files::isRegularFile)
          .map(path -> path.getFileName().toString())
          .filter(name -> name.length() == 32)
          .toList();
    }
  }
}
