package io.a2g.common.migrate.history;

import io.a2g.common.migrate.MigrationFiles;
import io.a2g.common.migrate.catalogue.Kind;
import io.a2g.common.migrate.catalogue.ObjectName;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What repeatable files make: functions, procedures and views. No versioned file accounts for it,
 * so that an undo of one compares without it.
 */
public final class Repeatables {

  private static final Pattern MADE =
      Pattern.compile(
          "(?im)^\\s*CREATE\\s+(?:OR\\s+REPLACE\\s+)?(FUNCTION|PROCEDURE|(?:MATERIALIZED\\s+)?VIEW)\\s+(?:IF\\s+NOT\\s+EXISTS\\s+)?(?:\"?\\w+\"?\\.)?\"?(\\w+)\"?");

  private Repeatables() {}

  /**
   * What some of the repeatable files make, with all that belongs to it.
   *
   * @param names of the files
   */
  public static Predicate<ObjectName> madeBy(MigrationFiles files, Collection<String> names) {
    Set<String> made =
        names.stream()
            .flatMap(name -> files.migration(name).stream())
            .flatMap(text -> MADE.matcher(text).results())
            .map(result ->
                (result.group(1).toUpperCase(Locale.ROOT).endsWith("VIEW") ? "view " : "function ")
                    + result.group(2))
            .map(name -> name.toLowerCase(Locale.ROOT))
            .collect(Collectors.toSet());
    return made.isEmpty() ? name -> false : name -> made.contains(owner(name));
  }

  // A function is named without its arguments, and a part of a view by the view.
  private static String owner(ObjectName object) {
    if (object.kind() == Kind.COMMENT && object.table().isEmpty()) {
      return object.name().replaceFirst("\\(.*", "");
    }
    return object.kind() == Kind.FUNCTION
        ? "function " + object.name().replaceFirst("\\(.*", "")
        : "view " + (object.table().isEmpty() ? object.name() : object.table());
  }
}
