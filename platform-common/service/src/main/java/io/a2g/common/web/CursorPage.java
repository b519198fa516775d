package io.a2g.common.web;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list.
 *
 * @param items the rows, in the list's stable order
 * @param nextCursor pass it as {@code cursor} for the next page; null on the last one
 */
public record CursorPage<T>(List<T> items, @Nullable String nextCursor) {

  /**
   * Makes a page from one row more than it may hold.
   *
   * @param rows up to {@code limit + 1} rows; the extra one only says that there is more
   * @param position where a row stands in the list's order
   */
  public static <R, T> CursorPage<T> of(
      List<R> rows, int limit, Function<R, Cursor> position, Function<R, T> view) {
    boolean more = rows.size() > limit;
    List<R> shown = more ? rows.subList(0, limit) : rows;
    String next = more ? position.apply(shown.getLast()).encode() : null;
    return new CursorPage<>(shown.stream().map(view).toList(), next);
  }
}
