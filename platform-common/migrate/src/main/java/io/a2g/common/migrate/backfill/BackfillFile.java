package io.a2g.common.migrate.backfill;

import io.a2g.common.migrate.ExitCode;
import io.a2g.common.migrate.MigrationFailure;
import io.a2g.common.migrate.MigrationFiles;
import io.a2g.common.migrate.Target;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * {@code db/backfill/<name>.sql}: headers and one statement, which must be harmless to repeat and
 * contains {@code :batch} where the rows of a batch are chosen.
 *
 * <pre>{@code
 * -- table: users.users
 * -- key: id
 * -- batch: 1000
 * -- pause: 50
 * UPDATE users.users SET email_lower = lower(email) WHERE :batch AND email_lower IS NULL
 * }</pre>
 *
 * @param name the file's name without its ending
 * @param table whose rows are gone through, with its schema
 * @param key a unique, indexed, not null column of that table that grows, such as an identity
 * @param batch rows of a batch, 1 to 100,000 (1,000)
 * @param pause after each batch, 0 to 60,000 ms (50)
 * @param statement with {@code :batch}
 */
public record BackfillFile(
    String name, String table, String key, int batch, Duration pause, String statement) {

  private static final Pattern HEADER =
      Pattern.compile("--\\s*(table|key|batch|pause)\\s*:\\s*(\\S+)\\s*");
  private static final Pattern IDENTIFIER = Pattern.compile("[a-z_][a-z0-9_]*");

  /** All of a service, by name. */
  public static List<BackfillFile> all(Target target) {
    return target.files().names("backfill").stream()
        .filter(name -> name.endsWith(".sql"))
        .sorted()
        .map(name -> read(target.files(), target.schema(), name.substring(0, name.length() - 4)))
        .toList();
  }

  /**
   * One of them.
   *
   * @throws MigrationFailure when there is no such file, or it is not written as it must be
   */
  public static BackfillFile find(Target target, String name) {
    return read(target.files(), target.schema(), name);
  }

  private static BackfillFile read(MigrationFiles files, String schema, String name) {
    String text =
        files
            .read("backfill/" + name + ".sql")
            .orElseThrow(() ->
                new MigrationFailure(
                    ExitCode.USAGE,
                    "there is no backfill %s; backfill list shows all".formatted(name)));
    return parse(schema, name, text);
  }

  static BackfillFile parse(String schema, String name, String text) {
    Map<String, String> headers = new HashMap<>();
    StringBuilder statement = new StringBuilder();
    for (String line : text.lines().toList()) {
      var header = HEADER.matcher(line.strip());
      if (statement.isEmpty() && header.matches()) {
        headers.put(header.group(1), header.group(2));
      } else {
        statement.append(line).append('\n');
      }
    }
    String sql = statement.toString().strip();
    sql = sql.endsWith(";") ? sql.substring(0, sql.length() - 1) : sql;
    String table = headers.getOrDefault("table", "");
    require(
        table.startsWith(schema + ".") && isIdentifier(table.substring(schema.length() + 1)),
        name,
        "-- table: must name a table as %s.<table>".formatted(schema));
    String key = headers.getOrDefault("key", "id");
    require(isIdentifier(key), name, "-- key: must be a column's name");
    require(sql.contains(":batch"), name, "the statement must contain :batch");
    return new BackfillFile(
        name,
        table,
        key,
        number(headers, "batch", 1_000, 1, 100_000, name),
        Duration.ofMillis(number(headers, "pause", 50, 0, 60_000, name)),
        sql);
  }

  private static boolean isIdentifier(String text) {
    return IDENTIFIER.matcher(text).matches();
  }

  private static int number(
      Map<String, String> headers, String header, int standard, int least, int most, String name) {
    String text = headers.getOrDefault(header, String.valueOf(standard));
    boolean good = text.matches("[0-9]{1,6}");
    int value = good ? Integer.parseInt(text) : -1;
    require(
        value >= least && value <= most,
        name,
        "-- %s: must be %d to %d".formatted(header, least, most));
    return value;
  }

  private static void require(boolean good, String name, String message) {
    if (!good) {
      throw MigrationFailure.refused("db/backfill/%s.sql: %s".formatted(name, message));
    }
  }
}
