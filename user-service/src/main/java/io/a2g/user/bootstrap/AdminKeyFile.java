package io.a2g.user.bootstrap;

import io.a2g.common.security.ApiKey;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/** The file that hands the first API key to whoever runs the platform. */
record AdminKeyFile(Path path) {

  /**
   * The key in the file; draws and writes one when there is no file.
   *
   * @throws IllegalStateException when the file holds something else
   */
  ApiKey readOrMake() throws IOException {
    if (Files.notExists(path)) {
      make();
    }
    String text = Files.readString(path).strip();
    return ApiKey.parse(text)
        .orElseThrow(() ->
            new IllegalStateException(
                path + " does not hold an API key; remove it and start again."));
  }

  // Two replicas may come here at once: the file appears whole, and the first one wins.
  private void make() throws IOException {
    Path folder = path.toAbsolutePath().getParent();
    Files.createDirectories(folder);
    var ownerOnly =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    Path draft = Files.createTempFile(folder, ".admin-api-key", "", ownerOnly);
    try {
      Files.writeString(
          draft,
          ApiKey.generate().text() + "\n",
          StandardOpenOption.WRITE,
          StandardOpenOption.SYNC);
      Files.createLink(path, draft);
    } catch (FileAlreadyExistsException ignored) {
      // The key of the other replica is as good.
    } finally {
      Files.delete(draft);
    }
  }
}
