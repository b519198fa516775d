package io.a2g.common.migrate.lint;

import io.a2g.common.migrate.MigrationFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Migration files that a test makes. */
final class LintedFiles {

  private final Path db;

  LintedFiles(Path db) {
    this.db = db;
  }

  /** Adds a file. */
  LintedFiles with(String name, String text) {
    try {
      Path file = db.resolve(name);
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Adds a migration of that minute with an undo file. */
  LintedFiles migration(int minute, String sql) {
    String name = "20261201_09%02d__step.sql".formatted(minute);
    return with("migration/V" + name, sql).with("undo/U" + name, "SELECT 1;");
  }

  MigrationFiles files() {
    return MigrationFiles.in(db);
  }

  List<Finding> findings() {
    return Lint.of(files(), "users").text(null);
  }

  /** The names of the rules that found something. */
  List<String> rules() {
    return findings().stream().map(Finding::rule).toList();
  }
}
