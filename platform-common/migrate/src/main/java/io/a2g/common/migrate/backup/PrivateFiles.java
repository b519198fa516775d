package io.a2g.common.migrate.backup;

import io.a2g.common.secret.Sha256;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;

/** Files that only their owner may read: a backup holds the data of all users. */
final class PrivateFiles {

  private PrivateFiles() {}

  /** Makes the empty file, with mode 0600 from the first moment. */
  static Path create(Path file) throws IOException {
    return Files.createFile(file, mode("rw-------"));
  }

  /** Makes the folder and those above it that are missing, for the owner only. */
  static void createFolder(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(folder, mode("rwx------"));
    }
  }

  private static FileAttribute<?>[] mode(String mode) {
    return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode))
        }
        : new FileAttribute<?>[0];
  }

  /** The SHA-256 of a file, in hexadecimal. */
  static String sha256(Path file) throws IOException {
    try (var content = Files.newInputStream(file)) {
      return HexFormat.of().formatHex(Sha256.of(content));
    }
  }
}
