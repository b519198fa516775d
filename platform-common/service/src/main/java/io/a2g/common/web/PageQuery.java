package io.a2g.common.web;

import io.swagger.v3.oas.annotations.Parameter;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The query parameters of every list. Controllers take it as {@code @ParameterObject @Valid}.
 *
 * @param limit rows in a page, 1 to 200; 50 when absent
 * @param cursor {@code next_cursor} of the page before; absent for the first page
 */
public record PageQuery(
    @Parameter(description = "Rows in a page, 1 to 200; 50 when absent") @Min(1) @Max(200)
        @Nullable Integer limit,
    @Parameter(description = "next_cursor of the page before; absent for the first page")
        @Nullable String cursor) {

  private static final int DEFAULT_LIMIT = 50;

  /** Rows to show. */
  public int size() {
    return limit == null ? DEFAULT_LIMIT : limit;
  }

  /** Rows to fetch: one more than shown tells whether there is a next page. */
  public int fetch() {
    return size() + 1;
  }

  /**
   * The position to continue after.
   *
   * @param scope see {@link Cursor}
   * @param parts how many keys the list sorts by
   */
  public Optional<Cursor> after(String scope, int parts) {
    return Optional.ofNullable(cursor).map(text -> Cursor.decode(scope, text, parts));
  }

  /** For lists sorted by descending id: ids below this one follow. */
  public long beforeId(String scope) {
    return after(scope, 1).map(position -> position.number(0)).orElse(Long.MAX_VALUE);
  }

  /** For lists sorted by ascending id: ids above this one follow. */
  public long afterId(String scope) {
    return after(scope, 1).map(position -> position.number(0)).orElse(0L);
  }
}
