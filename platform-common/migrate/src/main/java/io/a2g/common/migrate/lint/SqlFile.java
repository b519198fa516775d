package io.a2g.common.migrate.lint;

import io.a2g.common.migrate.sql.SqlSplitter;
import io.a2g.common.migrate.sql.SqlStatement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.flywaydb.core.api.MigrationVersion;
import org.jspecify.annotations.Nullable;

/**
 * A file of SQL, read for the rules.
 *
 * @param name without its folder
 * @param kind by its name
 * @param version null for what has none
 * @param text as it is
 * @param statements in their order
 * @param headers of the form {@code -- name: value}, in their order
 */
record SqlFile(
    String name,
    Kind kind,
    @Nullable MigrationVersion version,
    String text,
    List<SqlStatement> statements,
    List<Header> headers) {

  private static final Pattern VERSIONED = Pattern.compile("[VUB](\\d{8}_\\d{4})__.*\\.sql");
  private static final Pattern HEADER =
      Pattern.compile(
          "--\\s*(phase|irreversible|lint-ignore|backfill)\\b\\s*([^:]*?)\\s*(?::(.*))?");

  /** What Flyway or the tool does with a file. */
  enum Kind {
    /** Applied once. */
    VERSIONED,
    /** Takes a versioned one back. */
    UNDO,
    /** Runs again when changed, or after each migrate. */
    REPEATED
  }

  /**
   * A line that speaks to the tool.
   *
   * @param subject what is between the name and the colon, such as a rule; may be empty
   * @param value what is behind the colon; may be empty
   */
  record Header(String name, String subject, String value, int line) {}

  static SqlFile read(Kind kind, String name, String text) {
    return new SqlFile(
        name, kind, version(name).orElse(null), text, SqlSplitter.split(text), readHeaders(text));
  }

  /** The version in a file's name. */
  static Optional<MigrationVersion> version(String name) {
    Matcher matcher = VERSIONED.matcher(name);
    return matcher.matches()
        ? Optional.of(MigrationVersion.fromVersion(matcher.group(1)))
        : Optional.empty();
  }

  /** The headers of this name. */
  List<Header> headers(String header) {
    return headers.stream().filter(h -> h.name().equals(header)).toList();
  }

  /** True in the phase that removes what no release uses any more. */
  boolean isContract() {
    return headers("phase").stream().anyMatch(h -> h.value().equals("contract"));
  }

  private static List<Header> readHeaders(String text) {
    List<Header> found = new ArrayList<>();
    int line = 0;
    for (String candidate : text.lines().toList()) {
      line++;
      Matcher matcher = HEADER.matcher(candidate.strip());
      // Words before the colon are prose, except for the rule that is ignored.
      if (matcher.matches()
          && (matcher.group(2).isEmpty() || matcher.group(1).equals("lint-ignore"))) {
        String value = matcher.group(3) == null ? "" : matcher.group(3).strip();
        found.add(new Header(matcher.group(1), matcher.group(2), value, line));
      }
    }
    return List.copyOf(found);
  }
}
