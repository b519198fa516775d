package io.a2g.common.migrate.move;

/**
 * A table after the move.
 *
 * @param source what was counted in the old database
 * @param target what was counted in the new one
 */
public record MovedTable(String table, Content source, Content target) {

  /**
   * What a table holds.
   *
   * @param rows how many
   * @param checksum the sum of the rows' 64-bit hashes, whatever their order; in decimal
   */
  public record Content(long rows, String checksum) {}

  /** Whether nothing is missing, added or changed. */
  public boolean equal() {
    return source.equals(target);
  }
}
