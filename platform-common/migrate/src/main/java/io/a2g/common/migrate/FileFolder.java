package io.a2g.common.migrate;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A folder of files, on disk or on the class path.
 *
 * @param path null: on the class path
 * @param resources the folder on the class path; not used when there is a path
 */
record FileFolder(@Nullable Path path, String resources) {

  Optional<String> read(String name) {
    try (InputStream in = open(name)) {
      return in == null
          ? Optional.empty()
          : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The names of the files and folders in a folder below, sorted; none when there is no such. */
  List<String> names(String below) {
    try {
      return path == null
          ? PackagedFiles.names(resources + "/" + below)
          : namesIn(path.resolve(below));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<String> namesIn(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (var files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private @Nullable InputStream open(String name) throws IOException {
    if (path == null) {
      return FileFolder.class.getClassLoader().getResourceAsStream(resources + "/" + name);
    }
    Path file = path.resolve(name);
    return Files.isRegularFile(file) ? Files.newInputStream(file) : null;
  }
}
