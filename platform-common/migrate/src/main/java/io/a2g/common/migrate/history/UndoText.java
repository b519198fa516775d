package io.a2g.common.migrate.history;

import io.a2g.common.migrate.Checksum;
import io.a2g.common.migrate.MigrationFailure;
import io.a2g.common.migrate.MigrationFiles;
import io.a2g.common.migrate.Target;
import io.a2g.common.migrate.log.MigrationLog;
import io.a2g.common.migrate.sql.SqlSplitter;
import io.a2g.common.migrate.sql.SqlStatement;
import io.a2g.common.migrate.sql.Statements;
import java.util.Optional;

/**
 * The statements that take a version back.
 *
 * @param name the undo file's name
 */
record UndoText(String name, String text) {

  int checksum() {
    return Checksum.of(text);
  }

  /**
   * Takes the file of this image, or the text stored when the version was applied.
   *
   * @throws MigrationFailure when there is none, when it cannot run in a transaction, when it is
   *     another one than was stored, or when the migration is not the one that was applied
   */
  static UndoText choose(
      Target target,
      UndoOptions options,
      HistoryTable.Row top,
      Optional<MigrationLog.Applied> applied) {
    String name = MigrationFiles.undoName(top.script());
    if (options.stored()) {
      return applied
          .map(MigrationLog.Applied::undoText)
          .map(text -> transactional(name, text))
          .orElseThrow(() ->
              MigrationFailure.refused(
                  "no undo text was stored when %s was applied".formatted(top.version())));
    }
    requireAppliedFile(target, top);
    String text =
        target
            .files()
            .undo(top.script())
            .orElseThrow(() ->
                MigrationFailure.refused(
                    "%s is missing: write db/undo/%s, or state in the V file why there is no way back (-- irreversible: reason)"
                        .formatted(name, name)));
    requireStoredFile(options, top, applied, text);
    return transactional(name, text);
  }

  private static UndoText transactional(String name, String text) {
    SqlSplitter.split(text).stream()
        .filter(SqlStatement::isNonTransactional)
        .findFirst()
        .ifPresent(statement -> {
          throw MigrationFailure.refused(
              "%s cannot run in a transaction (line %d: %s), and an undo runs in one: use the form without CONCURRENTLY, or restore a backup, or roll forward"
                  .formatted(
                      name,
                      statement.line(),
                      Statements.at(text, statement.line()).orElse(statement.shape())));
        });
    return new UndoText(name, text);
  }

  private static void requireAppliedFile(Target target, HistoryTable.Row top) {
    String migration =
        target
            .files()
            .migration(top.script())
            .orElseThrow(() ->
                MigrationFailure.refused(
                    "%s was applied by a newer release: run the downgrade with that release, or add --stored"
                        .formatted(top.version())));
    MigrationHeaders.of(migration)
        .irreversible()
        .ifPresent(reason -> {
          throw MigrationFailure.refused(
              "%s is irreversible (%s): restore a backup or roll forward"
                  .formatted(top.version(), reason));
        });
    if (top.checksum() != null && top.checksum() != Checksum.of(migration)) {
      throw MigrationFailure.refused(
          "%s was edited after it had been applied: restore the file, or run repair --accept-checksum %s if both do the same"
              .formatted(top.script(), top.version()));
    }
  }

  private static void requireStoredFile(
      UndoOptions options,
      HistoryTable.Row top,
      Optional<MigrationLog.Applied> applied,
      String text) {
    Integer stored = applied.map(MigrationLog.Applied::undoChecksum).orElse(null);
    if (stored != null && stored != Checksum.of(text) && !options.acceptChangedUndo()) {
      throw MigrationFailure.refused(
          "the undo file of %s is another one than when it was applied: --accept-changed-undo runs the new one, --stored the old one"
              .formatted(top.version()));
    }
  }
}
