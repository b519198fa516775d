package io.a2g.chat.file;

import io.a2g.common.error.ProblemException;
import io.a2g.common.error.ProblemType;
import io.a2g.common.error.RetryLater;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import org.springframework.util.unit.DataSize;

/**
 * Files in a folder: {@code <root>/4f/a0/4fa0…}, 65,536 folders at most. A file is written as a
 * draft, forced to the disk and then renamed, so what stands under a key is whole, also after a
 * power cut. Only the user that runs the service may read it. Replicas may share the folder.
 */
class DiskFileStore implements FileStore {

  private static final Logger log = LoggerFactory.getLogger(DiskFileStore.class);

  private static final String DRAFTS = "drafts";
  private static final String ID = "storage-id";
  private static final Pattern KEY = Pattern.compile("[0-9a-f]{32}");
  private static final int BUFFER = 64 * 1024;
  private static final Duration NOT_THERE = Duration.ofSeconds(30);

  private final Path root;
  private final DataSize maxSize;

  /**
   * @param root made when it gets its id
   * @param maxSize largest file
   */
  DiskFileStore(Path root, DataSize maxSize) {
    this.root = root.toAbsolutePath().normalize();
    this.maxSize = maxSize;
  }

  @Override
  public StoredFile store(String key, InputStream content) {
    try {
      requireId();
      Path draft = Files.createTempFile(folder(root.resolve(DRAFTS)), key, "");
      try {
        StoredFile file = write(content, draft, key);
        publish(draft, key);
        return file;
      } finally {
        Files.deleteIfExists(draft);
      }
    } catch (IOException e) {
      remove(key);
      log.error("An upload cannot be stored in {}: {}", root, e.toString());
      throw new StorageFull();
    }
  }

  // A folder that lost it is another one: the volume is not mounted, and files would be gone with
  // the container.
  private void requireId() throws IOException {
    if (!Files.exists(root.resolve(ID))) {
      throw new NoSuchFileException(root.resolve(ID).toString());
    }
  }

  @Override
  public Resource open(String key) {
    Path file = path(key);
    if (!Files.isReadable(file)) {
      log.error("There is a row for {} but no file that can be read", file);
      throw new RetryLater("The file's content is not available.", NOT_THERE);
    }
    return new FileSystemResource(file);
  }

  @Override
  public boolean holds(String key) {
    return Files.exists(path(key));
  }

  @Override
  public boolean remove(String key) {
    return removeQuietly(path(key));
  }

  @Override
  public void removeDraftsBefore(Instant time) {
    Path drafts = root.resolve(DRAFTS);
    if (!Files.isDirectory(drafts)) {
      return;
    }
    try (Stream<Path> files = Files.list(drafts)) {
      files.filter(draft -> isFileBefore(draft, time)).forEach(DiskFileStore::removeQuietly);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Optional<UUID> id() {
    try {
      return Optional.of(UUID.fromString(Files.readString(root.resolve(ID)).strip()));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException | IllegalArgumentException e) {
      throw new IllegalStateException("%s cannot be read: %s".formatted(root.resolve(ID), e), e);
    }
  }

  @Override
  public void mark(UUID id) {
    try {
      Path draft = Files.createTempFile(folder(root.resolve(DRAFTS)), ID, "");
      Files.writeString(draft, id + "\n");
      force(draft);
      Files.move(draft, root.resolve(ID), StandardCopyOption.ATOMIC_MOVE);
      force(root);
    } catch (IOException e) {
      throw new IllegalStateException("%s cannot be written: %s".formatted(root.resolve(ID), e), e);
    }
  }

  @Override
  public String toString() {
    return root.toString();
  }

  private StoredFile write(InputStream content, Path draft, String key) throws IOException {
    MessageDigest digest = sha256();
    long size = 0;
    try (FileChannel file = FileChannel.open(draft, StandardOpenOption.WRITE)) {
      byte[] buffer = new byte[BUFFER];
      for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
        size += read;
        if (size > maxSize.toBytes()) {
          throw new ProblemException(
              ProblemType.CONTENT_TOO_LARGE,
              "A file may have at most " + maxSize.toBytes() + " bytes.");
        }
        digest.update(buffer, 0, read);
        writeFully(file, ByteBuffer.wrap(buffer, 0, read));
      }
      file.force(true);
    }
    return new StoredFile(key, size, digest.digest());
  }

  private static void writeFully(FileChannel file, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      file.write(bytes);
    }
  }

  private void publish(Path draft, String key) throws IOException {
    Path folder = folder(folderOf(key));
    Files.move(draft, path(key), StandardCopyOption.ATOMIC_MOVE);
    // A new name is durable when the folders on the way to it are.
    force(folder);
    force(root.resolve(key.substring(0, 2)));
    force(root);
  }

  private static void force(Path fileOrFolder) throws IOException {
    try (FileChannel channel = FileChannel.open(fileOrFolder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  // The key is hex digits of our own; anything else here is a bug, not a request.
  private Path path(String key) {
    if (!KEY.matcher(key).matches()) {
      throw new IllegalArgumentException("not a storage key");
    }
    return folderOf(key).resolve(key);
  }

  private Path folderOf(String key) {
    return root.resolve(key.substring(0, 2)).resolve(key.substring(2, 4));
  }

  private static Path folder(Path folder) throws IOException {
    boolean posix = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
    FileAttribute<?>[] attributes =
        posix
            ? new FileAttribute<?>[] {
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
            }
            : new FileAttribute<?>[0];
    return Files.createDirectories(folder, attributes);
  }

  private static boolean isFileBefore(Path path, Instant time) {
    try {
      return Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)
          && Files.getLastModifiedTime(path, LinkOption.NOFOLLOW_LINKS).toInstant().isBefore(time);
    } catch (IOException e) {
      // Removed meanwhile.
      return false;
    }
  }

  private static boolean removeQuietly(Path file) {
    try {
      Files.deleteIfExists(file);
      return true;
    } catch (IOException e) {
      // The cleanup tries again.
      log.warn("{} cannot be removed: {}", file, e.toString());
      return false;
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
