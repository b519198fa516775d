package io.a2g.common.migrate.seed;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A column that needs a value.
 *
 * @param name quoted for SQL
 * @param type as PostgreSQL prints it
 * @param category PostgreSQL's: S string, N number, B boolean, D date, A array, E enum, …
 * @param nullable whether it may be left out
 * @param checks the check constraints about this column alone
 * @param referenced the expression that takes a value from the table that a foreign key points to;
 *     null when none does
 */
record SeedColumn(
    String name,
    String type,
    String category,
    boolean nullable,
    List<String> checks,
    @Nullable String referenced) {

  private static final Pattern STRING = Pattern.compile("'((?:[^']|'')*)'");
  private static final Pattern NUMBER = Pattern.compile("(?<![\\w.])\\d+(?:\\.\\d+)?(?![\\w.])");
  private static final String WEB_ADDRESS = "https://example.com/a";

  /** Expressions to try, likely ones first. */
  List<String> candidates() {
    if (referenced != null) {
      return List.of(referenced);
    }
    List<String> candidates = new ArrayList<>();
    switch (category) {
      case "S" -> strings(candidates);
      case "N" -> numbers(candidates);
      case "A" -> arrays(candidates);
      case "B" -> candidates.addAll(List.of("true", "false"));
      case "D" -> candidates.addAll(List.of("now()", "'2000-01-01'", "'12:00'"));
      case "T" -> candidates.add("interval '1 day'");
      case "R" -> candidates.add("'empty'");
      case "E" -> candidates.add("(enum_range(NULL::%s))[1]".formatted(type));
      case "I" -> candidates.add("'192.0.2.1'");
      default -> others(candidates);
    }
    return candidates.stream().map(value -> "(%s)::%s".formatted(value, type)).toList();
  }

  private void strings(List<String> candidates) {
    candidates.add("'a'");
    for (int length : List.of(2, 3, 4, 6, 8, 16, 20, 26, 32, 36, 40, 64, 128)) {
      candidates.add("repeat('a', %d)".formatted(length));
    }
    candidates.addAll(List.of("'a@example.com'", "'" + WEB_ADDRESS + "'", "'1'", "'A'", "''"));
    literals(STRING).forEach(literal -> candidates.add("'" + literal + "'"));
    literals(NUMBER).forEach(n -> candidates.add("repeat('a', (%s)::int)".formatted(n)));
  }

  private void numbers(List<String> candidates) {
    candidates.addAll(List.of("1", "0", "100", "0.5", "-1"));
    literals(NUMBER).forEach(candidates::add);
  }

  private void arrays(List<String> candidates) {
    String element = type.replace("[]", "");
    candidates.add("ARRAY['1']::" + type);
    literals(NUMBER)
        .forEach(n ->
            candidates.add(
                "array_fill('1'::%s, ARRAY[least(%s, 5000)::int])".formatted(element, n)));
    // Last: most checks of an empty array are null, which passes, but other constraints may mind.
    candidates.add("'{}'");
  }

  private void others(List<String> candidates) {
    switch (type) {
      case "bytea" -> {
        for (int length : List.of(1, 0, 16, 20, 32, 64)) {
          candidates.add("decode(repeat('61', %d), 'hex')".formatted(length));
        }
        literals(NUMBER)
            .forEach(n -> candidates.add("decode(repeat('61', (%s)::int), 'hex')".formatted(n)));
      }
      case "uuid" -> candidates.add("gen_random_uuid()");
      case "json", "jsonb" -> candidates.addAll(List.of("'{}'", "'[]'", "'1'", "'\"a\"'"));
      default -> candidates.add("''");
    }
  }

  private List<String> literals(Pattern pattern) {
    return checks.stream()
        .flatMap(check -> pattern.matcher(check).results())
        .map(found -> found.groupCount() > 0 ? found.group(1) : found.group())
        .distinct()
        .toList();
  }
}
