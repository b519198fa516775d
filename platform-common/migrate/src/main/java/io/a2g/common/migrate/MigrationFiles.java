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
 * Where the files of a service are: in its jar, or in the {@code src/main/resources/db} of a
 * checkout, so that a new file counts before it is built.
 *
 * <p>Below it: {@code migration/V<version>__<slug>.sql}, {@code undo/U<version>__<slug>.sql} (which
 * Flyway never scans), {@code extras.sql}, {@code seed/…} for tests.
 */
public final class MigrationFiles {

  /** The folder of the files that Flyway runs. */
  public static final String MIGRATION = "migration";

  private final @Nullable Path folder;

  private MigrationFiles(@Nullable Path folder) {
    this.folder = folder;
  }

  /** The files in the jar that is running. */
  public static MigrationFiles packaged() {
    return new MigrationFiles(null);
  }

  /**
   * The files of a checkout.
   *
   * @param folder the service's {@code src/main/resources/db}
   */
  public static MigrationFiles in(Path folder) {
    return new MigrationFiles(folder);
  }

  /** The folder of the checkout; empty when the files are those of the jar. */
  public Optional<Path> folder() {
    return Optional.ofNullable(folder);
  }

  /** The location for Flyway. */
  public String location() {
    return folder == null ? "classpath:db/" + MIGRATION : "filesystem:" + folder.resolve(MIGRATION);
  }

  /** The text of a V file, named as in the history, such as {@code V20261120_0901__x.sql}. */
  public Optional<String> migration(String script) {
    return read(MIGRATION + "/" + script);
  }

  /** The text of the undo file that belongs to a V file. */
  public Optional<String> undo(String script) {
    return read("undo/" + undoName(script));
  }

  /** The name of the undo file that belongs to a V file. */
  public static String undoName(String script) {
    return "U" + script.substring(1);
  }

  /**
   * Whether the {@code .conf} beside a file says {@code executeInTransaction=false}.
   *
   * @param name the file's path below {@code db}
   */
  public boolean runsOutsideTransaction(String name) {
    return read(name + ".conf")
        .filter(text -> text.matches("(?s).*executeInTransaction\\s*=\\s*false.*"))
        .isPresent();
  }

  /**
   * The text of a file.
   *
   * @param name its path below {@code db}
   */
  public Optional<String> read(String name) {
    try (InputStream in = open(name)) {
      return in == null
          ? Optional.empty()
          : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The names of the files and folders in a folder, sorted.
   *
   * @param below the folder's path below {@code db}, such as {@code undo}
   * @return empty when there is no such folder
   */
  public List<String> names(String below) {
    try {
      return folder == null ? PackagedFiles.names("db/" + below) : namesIn(folder.resolve(below));
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
    if (folder == null) {
      return MigrationFiles.class.getClassLoader().getResourceAsStream("db/" + name);
    }
    Path file = folder.resolve(name);
    return Files.exists(file) ? Files.newInputStream(file) : null;
  }
}
