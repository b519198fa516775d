package io.a2g.common.migrate.backup;

import io.a2g.common.migrate.ExitCode;
import io.a2g.common.migrate.MigrationFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a backup is of and what was in it; kept as JSON beside the file.
 *
 * @param service such as {@code user-service}
 * @param schema such as {@code users}
 * @param database host, port and name, for people
 * @param databaseId which database it is, whatever name the host was called by; never that of a
 *     copy on another server
 * @param serverVersion such as {@code 15.20}
 * @param program what wrote the file, such as {@code pg_dump 15.20}
 * @param schemaVersion the applied version on top; null when nothing was applied
 * @param takenAt when the snapshot was taken that file and rows are of
 * @param file the name of the file, in the same folder
 * @param bytes of the file
 * @param sha256 of the file, in hexadecimal
 * @param rows table → number of rows
 */
public record BackupManifest(
    String service,
    String schema,
    String database,
    String databaseId,
    String serverVersion,
    String program,
    @Nullable String schemaVersion,
    Instant takenAt,
    String file,
    long bytes,
    String sha256,
    Map<String, Long> rows) {

  private static final String ENDING = ".json";

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build();

  /** The manifest's place for a backup's file. */
  static Path beside(Path file) {
    return file.resolveSibling(file.getFileName() + ENDING);
  }

  /** Whether a file has the name of a manifest. */
  static boolean isManifest(Path file) {
    return file.getFileName().toString().endsWith(".dump" + ENDING);
  }

  /**
   * Reads a manifest.
   *
   * @throws MigrationFailure when it is missing or is none
   */
  static BackupManifest read(Path manifest) {
    try {
      return MAPPER.readValue(Files.readAllBytes(manifest), BackupManifest.class);
    } catch (IOException | JacksonException e) {
      throw new MigrationFailure(
          ExitCode.REFUSED,
          "%s cannot be read; a backup is a .dump file with its .json beside it"
              .formatted(manifest),
          e);
    }
  }

  /** Writes it whole or not at all, readable by its owner only. */
  void write(Path manifest) throws IOException {
    Path part = PrivateFiles.create(manifest.resolveSibling(manifest.getFileName() + ".part"));
    Files.write(part, MAPPER.writeValueAsBytes(this));
    Files.move(part, manifest, StandardCopyOption.ATOMIC_MOVE);
  }
}
