package io.a2g.common.testkit.database;

import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32C;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/**
 * The server whose binaries come through Maven: it runs everywhere, also as root, and has no
 * pgvector.
 */
final class EmbeddedServer {

  private EmbeddedServer() {}

  static TestServer start() {
    try {
      Path home = unpacked();
      var url =
          ThrowAwayCluster.start(
              home.resolve("bin"),
              // As scripts/up.sh makes it: the same order and the same upper case on every machine.
              List.of("--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"));
      return TestServer.own("embedded PostgreSQL %s", url);
    } catch (IOException e) {
      throw new IllegalStateException("The embedded PostgreSQL cannot be unpacked", e);
    }
  }

  /** Unpacks the binaries, once for each version and user of this machine. */
  private static Path unpacked() throws IOException {
    byte[] archive = archive();
    String user = System.getProperty("user.name");
    Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
    Path home = temporary.resolve("a2g-embedded-postgresql-%s-%s".formatted(user, hash(archive)));
    if (!Files.exists(home)) {
      Path fresh = Files.createTempDirectory(temporary, "a2g-embedded-postgresql-");
      unpack(archive, fresh);
      moveUnlessThere(fresh, home);
    }
    // Everybody may write to the temporary folder; run only what we put there.
    if (!Files.getOwner(home, LinkOption.NOFOLLOW_LINKS).getName().equals(user)) {
      throw new IOException(home + " belongs to somebody else; remove it");
    }
    return home;
  }

  private static byte[] archive() throws IOException {
    String system = System.getProperty("os.name").startsWith("Mac") ? "Darwin" : "Linux";
    String machine = System.getProperty("os.arch");
    try (InputStream in = DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(system, machine)) {
      return in.readAllBytes();
    }
  }

  private static String hash(byte[] archive) {
    var checksum = new CRC32C();
    checksum.update(archive);
    return HexFormat.of().toHexDigits((int) checksum.getValue());
  }

  private static void unpack(byte[] archive, Path folder) throws IOException {
    try (var tar =
        new TarArchiveInputStream(new XZCompressorInputStream(new ByteArrayInputStream(archive)))) {
      for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        Path target = folder.resolve(entry.getName()).normalize();
        if (entry.isDirectory()) {
          Files.createDirectories(target);
        } else if (entry.isSymbolicLink()) {
          Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
        } else {
          Files.createDirectories(target.getParent());
          Files.copy(tar, target);
          Files.setPosixFilePermissions(target, permissions((entry.getMode() & 0100) != 0));
        }
      }
    }
    Files.setPosixFilePermissions(folder, permissions(true));
  }

  private static Set<PosixFilePermission> permissions(boolean executable) {
    return PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--");
  }

  private static void moveUnlessThere(Path fresh, Path home) throws IOException {
    try {
      Files.move(fresh, home, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      // The tests of another module may have been faster; then theirs is as good.
      if (!Files.exists(home)) {
        throw e;
      }
    }
  }
}
