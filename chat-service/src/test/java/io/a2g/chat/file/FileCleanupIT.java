package io.a2g.chat.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.unit.DataSize;

/**
 * Which folder belongs to a database, and which of its files are removed. Needs a database of its
 * own: in the shared one there are always other files.
 */
class FileCleanupIT {

  private static final Duration LONG_AFTER = Duration.ofDays(400);

  private static JdbcClient jdbc;
  private static TransactionTemplate transaction;

  @TempDir private Path root;
  private DiskFileStore store;
  private int stored;

  @BeforeAll
  static void connect() {
    DatabaseUrl url = TestDatabase.get().migrated("cleanup").app(PlatformSchema.of("chat"));
    var database = new DriverManagerDataSource(url.jdbcUrl(), url.user(), url.password());
    jdbc = JdbcClient.create(database);
    transaction = new TransactionTemplate(new JdbcTransactionManager(database));
  }

  @BeforeEach
  void makeStore() {
    jdbc.sql("DELETE FROM chat.file_uploads").update();
    jdbc.sql("DELETE FROM chat.file_storage").update();
    jdbc.sql("DELETE FROM chat.files_to_remove").update();
    store = storeIn("files");
    binding(store).requireBound();
  }

  @Test
  void fileGoesThirtyDaysAfterItsRowAndNotBefore() throws IOException {
    String live = storedWithRow();
    storedWithRow();
    storedWithRow();
    // Those of an earlier run that was cut off: listed, and not there any more.
    jdbc.sql("INSERT INTO chat.files_to_remove SELECT md5(n::text) FROM generate_series(1, 600) n")
        .update();
    jdbc.sql("DELETE FROM chat.file_uploads WHERE storage_key <> ?").param(live).update();

    assertThat(cleanup(Duration.ofDays(29)).run()).isZero();
    assertThat(keys()).hasSize(3);
    assertThat(cleanup(Duration.ofDays(31)).run()).isEqualTo(602);

    assertThat(keys()).containsExactly(live);
    assertThat(count("chat.files_to_remove")).isZero();
  }

  @Test
  void fileThatTheDatabaseDoesNotKnowStaysBecauseTheDatabaseMayBeTheOlderOne() throws IOException {
    storedWithRow();
    String later = stored();

    assertThat(cleanup(LONG_AFTER).run()).isZero();

    assertThat(keys()).hasSize(2).contains(later);
  }

  @Test
  void fileOfAnUploadThatACrashCutOffIsListedAndGoes() throws IOException {
    String key = stored();
    jdbc.sql("INSERT INTO chat.files_to_remove (storage_key) VALUES (?)").param(key).update();

    assertThat(cleanup(LONG_AFTER).run()).isOne();

    assertThat(keys()).isEmpty();
  }

  @Test
  void rowTakesItsFileOffTheList() throws IOException {
    String key = stored();
    jdbc.sql("INSERT INTO chat.files_to_remove (storage_key) VALUES (?)").param(key).update();
    insertRow(key);

    assertThat(count("chat.files_to_remove")).isZero();
    jdbc.sql("INSERT INTO chat.files_to_remove (storage_key) VALUES (?)").param(key).update();
    assertThat(cleanup(LONG_AFTER).run()).isZero();
    assertThat(keys()).containsExactly(key);
  }

  @Test
  void cleanupLeavesUploadsUnderWay() throws IOException {
    Path draft = Files.writeString(root.resolve("files/drafts/draft"), "x");

    cleanup(Duration.ofHours(23)).run();
    assertThat(draft).exists();
    cleanup(Duration.ofHours(25)).run();
    assertThat(draft).doesNotExist();
  }

  @Test
  void countsFollowTheRows() {
    String first = storedWithRow();
    storedWithRow();
    assertThat(bytes("chat.file_storage")).isEqualTo(2);
    assertThat(bytes("chat.file_usage")).isEqualTo(2);

    jdbc.sql("DELETE FROM chat.file_uploads WHERE storage_key = ?").param(first).update();

    assertThat(bytes("chat.file_storage")).isEqualTo(1);
    assertThat(bytes("chat.file_usage")).isEqualTo(1);
  }

  @Test
  void folderOfAnotherDatabaseIsRefusedAndNothingInItIsRemoved() throws IOException {
    storedWithRow();
    jdbc.sql("DELETE FROM chat.file_uploads").update();
    store.mark(UUID.randomUUID());

    assertThatThrownBy(() -> binding(store).requireBound())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("FILE_STORAGE_DIR");
    assertThatThrownBy(() -> cleanup(LONG_AFTER).run()).isInstanceOf(IllegalStateException.class);

    assertThat(keys()).hasSize(1);
  }

  @Test
  void emptyFolderBesideABoundDatabaseIsRefusedAsAVolumeThatIsNotMounted() {
    var unmounted = storeIn("unmounted");

    assertThatThrownBy(() -> binding(unmounted).requireBound())
        .isInstanceOf(IllegalStateException.class);

    assertThat(root.resolve("unmounted")).doesNotExist();
  }

  @Test
  void bindingIsTheSameAtEveryStart() {
    UUID id = store.id().orElseThrow();

    binding(storeIn("files")).requireBound();

    assertThat(store.id()).contains(id);
    assertThat(folderId()).isEqualTo(id.toString());
  }

  @Test
  void databaseWithoutUploadsSharesTheFolderOfAnother() {
    jdbc.sql("DELETE FROM chat.file_storage").update();

    binding(store).requireBound();

    assertThat(folderId()).isEqualTo(store.id().orElseThrow().toString());
  }

  @Test
  void restoredDatabaseTakesTheFolderWithItsFilesAndNotThatOfTheOriginal() throws IOException {
    String key = storedWithRow();
    String original = folderId();
    // What chat.after_restore() does, which only the owner may call.
    jdbc.sql("UPDATE chat.file_storage SET folder_id = NULL").update();

    assertThatThrownBy(() -> binding(store).requireBound())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(original);
    var restored = storeIn("restored");
    assertThatThrownBy(() -> binding(restored).requireBound())
        .isInstanceOf(IllegalStateException.class);
    Path copy =
        Files.createDirectories(
            root.resolve("restored/" + key.substring(0, 2) + "/" + key.substring(2, 4)));
    Files.writeString(copy.resolve(key), "x");
    binding(restored).requireBound();

    assertThat(folderId()).isEqualTo(restored.id().orElseThrow().toString()).isNotEqualTo(original);
  }

  private DiskFileStore storeIn(String folder) {
    return new DiskFileStore(root.resolve(folder), DataSize.ofBytes(10));
  }

  private static StorageBinding binding(FileStore store) {
    return new StorageBinding(store, jdbc, transaction);
  }

  private FileCleanup cleanup(Duration later) {
    var clock = Clock.offset(Clock.systemUTC(), later);
    return new FileCleanup(store, binding(store), jdbc, clock);
  }

  private String stored() {
    String key = String.format(Locale.ROOT, "%032x", stored++);
    return store.store(key, new ByteArrayInputStream("x".getBytes(UTF_8))).key();
  }

  private String storedWithRow() {
    String key = stored();
    insertRow(key);
    return key;
  }

  private static void insertRow(String key) {
    jdbc.sql(
            """
            INSERT INTO chat.file_uploads
              (user_id, original_name, content_type, size_bytes, sha256, storage_key)
            VALUES (1, 'a.txt', 'text/plain', 1, sha256('x'), ?)
            """)
        .param(key)
        .update();
  }

  private static String folderId() {
    return jdbc.sql("SELECT folder_id FROM chat.file_storage").query(String.class).single();
  }

  private static long count(String table) {
    return jdbc.sql("SELECT count(*) FROM " + table).query(Long.class).single();
  }

  private static long bytes(String table) {
    return jdbc.sql("SELECT sum(bytes) FROM " + table).query(Long.class).single();
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
