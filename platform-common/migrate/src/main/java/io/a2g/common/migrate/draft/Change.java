package io.a2g.common.migrate.draft;

/**
 * One step and the way back.
 *
 * @param stage which file it belongs to
 * @param up statements or comments
 * @param down what undoes it; empty when {@code up} does nothing
 */
record Change(Stage stage, String up, String down) {

  /** In the order in which they are applied. */
  enum Stage {
    /** Quick: brief locks, no scan of what exists. */
    FIRST,
    /** Not transactional: a file of its own. */
    ALONE,
    /** What uses an index that was built alone. */
    ATTACH,
    /** Scans what exists, with locks that let reading and writing go on. */
    VALIDATE
  }

  static Change first(String up, String down) {
    return new Change(Stage.FIRST, up, down);
  }

  /** A choice left to the author. */
  static Change question(String text) {
    return first(
        text.lines().map(line -> "-- " + line).reduce((a, b) -> a + "\n" + b).orElse(""), "");
  }
}
