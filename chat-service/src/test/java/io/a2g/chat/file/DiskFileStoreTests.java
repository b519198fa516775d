package io.a2g.chat.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.a2g.common.error.ProblemException;
import io.a2g.common.error.ProblemType;
import io.a2g.common.error.RetryLater;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;

class DiskFileStoreTests {

  private static final String HELLO_SHA256 =
      "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";

  @TempDir private Path folder;
  private Path root;
  private DiskFileStore store;

  @BeforeEach
  void makeStore() {
    root = folder.resolve("new/files");
    store = new DiskFileStore(root, DataSize.ofKilobytes(200));
  }

  @Test
  void storeKeepsTheBytesUnderAKeyOfItsOwn() throws IOException {
    StoredFile file = store.store(bytes("hello"));

    assertThat(file.key()).matches("[0-9a-f]{32}");
    assertThat(file.size()).isEqualTo(5);
    assertThat(HexFormat.of().formatHex(file.sha256())).isEqualTo(HELLO_SHA256);
    assertThat(store.open(file.key()).getContentAsString(UTF_8)).isEqualTo("hello");
    Path path =
        root.resolve(file.key().substring(0, 2))
            .resolve(file.key().substring(2, 4))
            .resolve(file.key());
    assertThat(files()).containsExactly(path);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
        .isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(root)))
        .isEqualTo("rwx------");
  }

  @Test
  void storeTakesExactlyTheLimit() {
    assertThat(store.store(zeros(200 * 1024)).size()).isEqualTo(200 * 1024);
  }

  @Test
  void storeOverTheLimitLeavesNothing() throws IOException {
    assertThatThrownBy(() -> store.store(zeros(200 * 1024 + 1)))
        .isInstanceOfSatisfying(
            ProblemException.class,
            problem -> assertThat(problem.type()).isEqualTo(ProblemType.CONTENT_TOO_LARGE));

    assertThat(files()).isEmpty();
  }

  @Test
  void storeThatBreaksOffLeavesNothing() throws IOException {
    var broken = new SequenceInputStream(zeros(100 * 1024), new BrokenStream());

    assertThatThrownBy(() -> store.store(broken)).isInstanceOf(StorageFull.class);

    assertThat(files()).isEmpty();
  }

  @Test
  void storeWhereNothingCanBeWrittenIsStorageFull() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "x");
    var elsewhere = new DiskFileStore(file, DataSize.ofKilobytes(1));

    assertThatThrownBy(() -> elsewhere.store(bytes("hello"))).isInstanceOf(StorageFull.class);

    assertThat(file).hasContent("x");
  }

  @Test
  void openOfAMissingFileIsTemporary() {
    assertThatThrownBy(() -> store.open("0".repeat(32))).isInstanceOf(RetryLater.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "..", "../../../../etc/passwd", "0123456789ABCDEF0123456789ABCDEF"})
  void openOfWhatIsNoKeyIsABug(String key) {
    assertThatThrownBy(() -> store.open(key)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void removeIsRepeatable() throws IOException {
    StoredFile file = store.store(bytes("hello"));

    store.remove(file.key());
    store.remove(file.key());

    assertThat(files()).isEmpty();
  }

  @Test
  void forEachStoredBeforeGivesOldFilesInBatchesAndNothingElse() throws IOException {
    Instant now = Instant.now();
    List<String> old = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      old.add(store.store(bytes("old")).key());
    }
    for (Path path : files()) {
      Files.setLastModifiedTime(path, FileTime.from(now.minus(Duration.ofDays(2))));
    }
    store.store(bytes("new"));
    Path stranger = Files.writeString(root.resolve("notes.txt"), "not ours");
    Files.setLastModifiedTime(stranger, FileTime.from(Instant.EPOCH));

    List<List<String>> batches = new ArrayList<>();
    store.forEachStoredBefore(now.minus(Duration.ofDays(1)), 2, batches::add);

    assertThat(batches).extracting(List::size).containsExactly(2, 2, 1);
    assertThat(batches).flatExtracting(batch -> batch).containsExactlyInAnyOrderElementsOf(old);
  }

  @Test
  void sweepOfAFolderThatIsNotThereYetDoesNothing() {
    store.removeDraftsBefore(Instant.now());
    store.forEachStoredBefore(Instant.now(), 1, batch -> batch.removeFirst());

    assertThat(root).doesNotExist();
  }

  @Test
  void removeDraftsBeforeLeavesUploadsUnderWay() throws IOException {
    StoredFile file = store.store(bytes("whole"));
    Path old = Files.writeString(root.resolve("drafts/old"), "x");
    Path fresh = Files.writeString(root.resolve("drafts/fresh"), "x");
    Files.setLastModifiedTime(old, FileTime.from(Instant.EPOCH));

    store.removeDraftsBefore(Instant.now().minus(Duration.ofDays(1)));

    assertThat(files()).hasSize(2).contains(fresh).doesNotContain(old);
    assertThat(store.open(file.key()).exists()).isTrue();
  }

  private List<Path> files() throws IOException {
    try (var paths = Files.walk(folder)) {
      return paths.filter(Files::isRegularFile).toList();
    }
  }

  private static InputStream bytes(String text) {
    return new ByteArrayInputStream(text.getBytes(UTF_8));
  }

  private static InputStream zeros(int size) {
    return new ByteArrayInputStream(new byte[size]);
  }

  private static final class BrokenStream extends InputStream {

    @Override
    public int read() throws IOException {
      throw new IOException("No space left on device");
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      return read();
    }
  }
}
