package io.a2g.common.migrate.revision;

import io.a2g.common.migrate.ExitCode;
import io.a2g.common.migrate.MigrationFailure;
import io.a2g.common.migrate.MigrationFiles;
import io.a2g.common.migrate.draft.DraftFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Writes new migrations with their undo files; never over a file that is there. */
public final class Revision {

  private static final int LONGEST_SLUG = 60;

  private final MigrationFiles files;
  private final Clock clock;

  /** For the files of a checkout. */
  public Revision(MigrationFiles files, Clock clock) {
    this.files = files;
    this.clock = clock;
  }

  /** Writes one migration without statements. */
  public List<Path> empty(String message) {
    return write(
        message,
        List.of(
            new DraftFile(
                "",
                "-- One concern, with brief locks. What removes something belongs to a later release: phase contract.\n",
                "-- What brings back the structure of before, or the header irreversible with a reason in the V file.\n")));
  }

  /**
   * Writes drafted migrations, each a minute after the other, and all after every file that exists.
   *
   * @param message what they do, for the names
   * @return the new files
   */
  public List<Path> write(String message, List<DraftFile> drafts) {
    Path folder = folder(files);
    String slug = slug(message);
    LocalDateTime version =
        VersionedFile.next(
            VersionedFile.all(files), LocalDateTime.ofInstant(clock.instant(), ZoneOffset.UTC));
    var written = new ArrayList<Path>();
    for (DraftFile draft : drafts) {
      String name = VersionedFile.name(version, slug + draft.suffix());
      written.add(
          write(
              folder.resolve("migration").resolve(name),
              "-- REVIEW ME\n-- phase: expand\n-- %s\n\n%s"
                  .formatted(oneLine(message), draft.up())));
      written.add(
          write(
              folder.resolve("undo").resolve(MigrationFiles.undoName(name)),
              "-- REVIEW ME\n-- Undoes: %s\n\n%s".formatted(oneLine(message), draft.down())));
      version = version.plusMinutes(1);
    }
    return written;
  }

  /** The folder to write to, which only a checkout has. */
  static Path folder(MigrationFiles files) {
    return files
        .folder()
        .orElseThrow(() ->
            MigrationFailure.refused(
                "Files are written to a checkout only: name the service's src/main/resources/db by --sources"));
  }

  private static String slug(String message) {
    String slug =
        message.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_").replaceAll("^_|_$", "");
    if (slug.isEmpty()) {
      throw new MigrationFailure(
          ExitCode.USAGE, "The message has no letter or digit of a-z and 0-9 for the file's name");
    }
    return slug.substring(0, Math.min(slug.length(), LONGEST_SLUG)).replaceAll("_$", "");
  }

  private static String oneLine(String message) {
    return message.strip().replaceAll("\\s+", " ");
  }

  private static Path write(Path file, String text) {
    try {
      Files.createDirectories(file.getParent());
      return Files.writeString(file, text, StandardOpenOption.CREATE_NEW);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
