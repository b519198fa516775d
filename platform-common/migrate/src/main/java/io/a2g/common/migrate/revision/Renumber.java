package io.a2g.common.migrate.revision;

import io.a2g.common.migrate.MigrationFailure;
import io.a2g.common.migrate.MigrationFiles;
import io.a2g.common.migrate.Target;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Gives files that were merged late a version after all others, so that the line of versions stays
 * one. The V file, its undo file and its settings move together.
 */
public final class Renumber {

  private Renumber() {}

  /**
   * A file that moved.
   *
   * @param from its name before
   * @param to its name now
   */
  public record Move(String from, String to) {}

  /**
   * Renames the late and equal files, or those that are named.
   *
   * @param names files or their versions; empty: all that do not stand in line
   * @throws MigrationFailure when a named file is applied already, or is not there
   */
  public static List<Move> run(Target target, List<String> names, Clock clock) {
    Path folder = Revision.folder(target.files());
    List<VersionedFile> all = VersionedFile.all(target.files());
    Heads heads = Heads.find(target);
    List<VersionedFile> chosen =
        names.isEmpty()
            ? Stream.concat(heads.equal().stream(), heads.late().stream())
                .sorted((a, b) -> a.version().compareTo(b.version()))
                .toList()
            : names.stream().map(name -> named(name, all, heads, target)).toList();
    chosen.stream()
        .filter(file -> !Files.exists(folder.resolve("migration").resolve(file.name())))
        .findFirst()
        .ifPresent(file -> {
          throw MigrationFailure.refused(
              "%s is the platform's, for every schema: rename it in platform-common"
                  .formatted(file.name()));
        });
    LocalDateTime version =
        VersionedFile.next(all, LocalDateTime.ofInstant(clock.instant(), ZoneOffset.UTC));
    var moves = new ArrayList<Move>();
    for (VersionedFile file : chosen) {
      String name = VersionedFile.name(version, file.slug());
      move(folder.resolve("migration"), file.name(), name);
      move(folder.resolve("migration"), file.name() + ".conf", name + ".conf");
      String undo = MigrationFiles.undoName(file.name());
      move(folder.resolve("undo"), undo, MigrationFiles.undoName(name));
      move(folder.resolve("undo"), undo + ".conf", MigrationFiles.undoName(name) + ".conf");
      moves.add(new Move(file.name(), name));
      version = version.plusMinutes(1);
    }
    return moves;
  }

  private static VersionedFile named(
      String name, List<VersionedFile> all, Heads heads, Target target) {
    List<VersionedFile> found =
        all.stream()
            .filter(file ->
                file.name().equals(name)
                    || file.version().getVersion().equals(name.replace('_', '.')))
            .toList();
    if (found.size() != 1) {
      throw MigrationFailure.refused(
          "%s names %s: give the name of one V file"
              .formatted(name, found.isEmpty() ? "no file" : "several files"));
    }
    if (heads.applied().contains(found.getFirst().name())) {
      throw MigrationFailure.refused(
          "%s is applied in %s and keeps its version: undo it first by downgrade"
              .formatted(found.getFirst().name(), target.display()));
    }
    return found.getFirst();
  }

  private static void move(Path folder, String from, String to) {
    Path file = folder.resolve(from);
    if (Files.exists(file)) {
      try {
        Files.move(file, folder.resolve(to));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
