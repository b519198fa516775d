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
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;

class DiskFileStoreTests {

  private static final String HELLO_SHA256 =
      "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";

  private static final UUID ID = UUID.randomUUID();
  private static final String KEY = "0123456789abcdef".repeat(2);

  @TempDir private Path folder;
  private Path root;
  private DiskFileStore store;

  @BeforeEach
  void makeStore() {
    root = folder.resolve("new/files");
    store = new DiskFileStore(root, DataSize.ofKilobytes(200));
    store.mark(ID);
  }

  @Test
  void storeKeepsTheBytesUnderTheirKey() throws IOException {
    StoredFile file = store.store(KEY, bytes("hello"));

    assertThat(file.key()).isEqualTo(KEY);
    assertThat(file.size()).isEqualTo(5);
    assertThat(HexFormat.of().formatHex(file.sha256())).isEqualTo(HELLO_SHA256);
    assertThat(store.open(file.key()).getContentAsString(UTF_8)).isEqualTo("hello");
    Path path = root.resolve("01/23").resolve(KEY);
    assertThat(files()).containsExactly(path);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
        .isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(root)))
        .isEqualTo("rwx------");
  }

  @Test
  void storeTakesExactlyTheLimit() {
    assertThat(store.store(KEY, zeros(200 * 1024)).size()).isEqualTo(200 * 1024);
  }

  @Test
  void storeOverTheLimitLeavesNothing() throws IOException {
    assertThatThrownBy(() -> store.store(KEY, zeros(200 * 1024 + 1)))
        .isInstanceOfSatisfying(
            ProblemException.class,
            problem -> assertThat(problem.type()).isEqualTo(ProblemType.CONTENT_TOO_LARGE));

    assertThat(files()).isEmpty();
  }

  @Test
  void storeThatBreaksOffLeavesNothing() throws IOException {
    var broken = new SequenceInputStream(zeros(100 * 1024), new BrokenStream());

    assertThatThrownBy(() -> store.store(KEY, broken)).isInstanceOf(StorageFull.class);

    assertThat(files()).isEmpty();
  }

  @Test
  void storeWhereNothingCanBeWrittenIsStorageFull() throws IOException {
    Path inTheWay = Files.writeString(root.resolve("01"), "x");

    assertThatThrownBy(() -> store.store(KEY, bytes("hello"))).isInstanceOf(StorageFull.class);

    assertThat(files()).containsExactly(inTheWay);
  }

  @Test
  void storeInAFolderThatHasLostItsIdIsStorageFull() throws IOException {
    Files.delete(root.resolve("storage-id"));

    assertThatThrownBy(() -> store.store(KEY, bytes("hello"))).isInstanceOf(StorageFull.class);

    assertThat(files()).isEmpty();
  }

  @Test
  void idIsThatOfTheMark() throws IOException {
    assertThat(store.id()).contains(ID);
    assertThat(new DiskFileStore(folder, DataSize.ofBytes(1)).id()).isEmpty();

    Files.writeString(root.resolve("storage-id"), "half of one");
    assertThatThrownBy(() -> store.id()).isInstanceOf(IllegalStateException.class);
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
    store.store(KEY, bytes("hello"));

    assertThat(store.remove(KEY)).isTrue();
    assertThat(store.remove(KEY)).isTrue();

    assertThat(files()).isEmpty();
  }

  @Test
  void removeDraftsOfAFolderThatIsNotThereYetDoesNothing() {
    var elsewhere = new DiskFileStore(folder.resolve("elsewhere"), DataSize.ofBytes(1));

    elsewhere.removeDraftsBefore(Instant.now());

    assertThat(folder.resolve("elsewhere")).doesNotExist();
  }

  @Test
  void removeDraftsBeforeLeavesUploadsUnderWay() throws IOException {
    StoredFile file = store.store(KEY, bytes("whole"));
    Path old = Files.writeString(root.resolve("drafts/old"), "x");
    Path fresh = Files.writeString(root.resolve("drafts/fresh"), "x");
    Files.setLastModifiedTime(old, FileTime.from(Instant.EPOCH));

    store.removeDraftsBefore(Instant.now().minus(Duration.ofDays(1)));

    assertThat(files()).hasSize(2).contains(fresh).doesNotContain(old);
    assertThat(store.open(file.key()).exists()).isTrue();
  }

  private List<Path> files() throws IOException {
    try (var paths = Files.walk(folder)) {
      return paths
          .filter(Files::isRegularFile)
          .filter(path -> !path.endsWith("storage-id"))
          .toList();
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
