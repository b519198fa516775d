package io.a2g.admin.usage;

import io.a2g.common.security.Caller;
import java.util.EnumSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Reads the counters: administrators all of them, users their own. */
@Service
public class UsageStatisticsService {

  private final UsageTable table;

  UsageStatisticsService(UsageTable table) {
    this.table = table;
  }

  /**
   * Rows, newest day first.
   *
   * @param after day and id of the last row that was shown; null for the first page
   */
  public List<UsageRow> rows(
      Caller caller, UsageFilter filter, @Nullable List<Object> after, int limit) {
    return table.rows(visible(caller, filter), after, limit);
  }

  /**
   * Sums, sorted by day (newest first), user, agent and model, as far as they are grouped by them.
   *
   * @param groups empty for one sum of everything
   * @param after {@link #positionOf} the last sum that was shown; null for the first page
   */
  public List<UsageSum> sums(
      Caller caller,
      UsageFilter filter,
      EnumSet<GroupKey> groups,
      @Nullable List<Object> after,
      int limit) {
    return table.sums(visible(caller, filter), groups, after, limit);
  }

  /** Where a sum stands in the order. */
  public static List<Object> positionOf(UsageSum sum, EnumSet<GroupKey> groups) {
    return groups.stream().map(group -> UsageTable.sortValue(sum, group)).toList();
  }

  private static UsageFilter visible(Caller caller, UsageFilter filter) {
    return caller.isAdmin()
        ? filter
        : new UsageFilter(
            filter.from(),
            filter.to(),
            caller.ownerOf("user_id", filter.userId()),
            filter.agentId(),
            filter.model());
  }
}
