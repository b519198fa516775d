package io.a2g.common.migrate.draft;

import io.a2g.common.migrate.draft.Change.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The statements of one migration and of its undo, without headers.
 *
 * @param suffix what to add to the slug; empty for the first one
 * @param up for the V file
 * @param down for the U file
 */
public record DraftFile(String suffix, String up, String down) {

  static List<DraftFile> of(List<Change> changes) {
    var files = new ArrayList<DraftFile>();
    add(files, "", in(changes, Stage.FIRST));
    int number = 0;
    for (Change alone : in(changes, Stage.ALONE)) {
      add(files, "_index_" + ++number, List.of(alone));
    }
    add(files, "_attach", in(changes, Stage.ATTACH));
    add(files, "_validate", in(changes, Stage.VALIDATE));
    return files;
  }

  private static List<Change> in(List<Change> changes, Stage stage) {
    return changes.stream().filter(change -> change.stage() == stage).toList();
  }

  private static void add(List<DraftFile> files, String suffix, List<Change> changes) {
    if (changes.isEmpty()) {
      return;
    }
    String up = changes.stream().map(Change::up).collect(Collectors.joining("\n\n", "", "\n"));
    String down =
        changes.reversed().stream()
            .map(Change::down)
            .filter(text -> !text.isEmpty())
            .collect(Collectors.joining("\n\n"));
    files.add(
        new DraftFile(
            suffix, up, down.isEmpty() ? "SELECT 1; -- Nothing to undo.\n" : down + "\n"));
  }
}
