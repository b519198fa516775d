package io.a2g.admin.usage.web;

import io.a2g.admin.usage.GroupKey;
import io.a2g.common.error.InvalidParameter;
import io.a2g.common.error.ProblemException;
import io.a2g.common.error.ProblemType;
import io.a2g.common.web.Cursor;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Query parameters and cursors that need more than a type. */
final class UsageParameters {

  private static final int DEFAULT_DAYS = 30;
  private static final int MAX_DAYS = 400;
  private static final LocalDate EARLIEST = LocalDate.of(2000, 1, 1);
  private static final LocalDate LATEST = LocalDate.of(9999, 12, 31);

  private UsageParameters() {}

  /**
   * A range of days.
   *
   * @param from first day
   * @param to last day, included
   */
  record Days(LocalDate from, LocalDate to) {}

  /** The days asked for; 30 days up to {@code to}, which is today when absent. */
  static Days days(@Nullable LocalDate from, @Nullable LocalDate to, LocalDate today) {
    LocalDate last = inCalendar("to", to == null ? today : to);
    LocalDate first = inCalendar("from", from == null ? last.minusDays(DEFAULT_DAYS - 1) : from);
    if (first.isAfter(last)) {
      throw new InvalidParameter("from", "out_of_range", "must not be after to");
    }
    if (ChronoUnit.DAYS.between(first, last) >= MAX_DAYS) {
      throw new InvalidParameter("from", "out_of_range", "must be at most 400 days before to");
    }
    return new Days(first, last);
  }

  private static LocalDate inCalendar(String parameter, LocalDate day) {
    if (day.isBefore(EARLIEST) || day.isAfter(LATEST)) {
      throw new InvalidParameter(parameter, "out_of_range", "must be a day from 2000 to 9999");
    }
    return day;
  }

  /** {@code day,user_id} and the like, in any order; empty for no grouping; by day when absent. */
  static EnumSet<GroupKey> groups(@Nullable String text) {
    if (text == null) {
      return EnumSet.of(GroupKey.DAY);
    }
    EnumSet<GroupKey> groups = EnumSet.noneOf(GroupKey.class);
    if (text.isEmpty()) {
      return groups;
    }
    for (String word : text.split(",", -1)) {
      if (!groups.add(group(word))) {
        throw new InvalidParameter(
            "group_by", "duplicate_value", "must not name the same thing twice");
      }
    }
    return groups;
  }

  private static GroupKey group(String word) {
    return Arrays.stream(GroupKey.values())
        .filter(key -> key.isCalled(word))
        .findFirst()
        .orElseThrow(() ->
            new InvalidParameter(
                "group_by",
                "unknown_value",
                "takes day, user_id, agent_id and model, with commas"));
  }

  /** A position in the list of sums. */
  static List<Object> position(Cursor cursor, EnumSet<GroupKey> groups) {
    List<GroupKey> keys = List.copyOf(groups);
    return IntStream.range(0, keys.size()).mapToObj(i -> part(cursor, i, keys.get(i))).toList();
  }

  /** A position in the list of rows: day and id. */
  static List<Object> position(Cursor cursor) {
    return List.of(day(cursor.text(0)), cursor.number(1));
  }

  private static Object part(Cursor cursor, int index, GroupKey key) {
    return switch (key) {
      case DAY -> day(cursor.text(index));
      case USER, AGENT -> cursor.number(index);
      case MODEL -> cursor.text(index);
    };
  }

  private static LocalDate day(String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeException e) {
      throw new ProblemException(ProblemType.INVALID_CURSOR, "The cursor is not of this list.");
    }
  }
}
