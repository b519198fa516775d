package io.a2g.systemtest.bench;

import io.a2g.common.database.DatabaseUrl;
import io.a2g.common.migrate.FlywaySetup;
import io.a2g.common.migrate.Limits;
import io.a2g.common.migrate.MigrationFiles;
import io.a2g.common.migrate.Target;
import io.a2g.common.migrate.history.Progress;
import io.a2g.common.migrate.history.Upgrade;
import io.a2g.common.topology.ServiceIdentity;
import io.a2g.systemtest.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.flywaydb.core.Flyway;

/**
 * Applies 200 generated migrations to an empty database, by our upgrade and by Flyway with its own
 * defaults,.
 *
 * <p>Environment: BENCH_URL (a superuser's), BENCH_ROUNDS. Arguments: an empty folder for the
 * files. Prints the figures as JSON on stdout and the rounds on stderr.
 */
public final class Migrate200 {

  private static final int MIGRATIONS = 200;

  private final DatabaseUrl server;
  private final Path files;
  private int databases;

  private Migrate200(DatabaseUrl server, Path files) {
    this.server = server;
    this.files = files;
  }

  /** What is measured. */
  private interface Work {
    void run(DatabaseUrl database);
  }

  public static void main(String[] arguments) throws Exception {
    quietLibraries();
    Settings settings = Settings.ofProcess();
    int rounds = settings.number("BENCH_ROUNDS", 8);
    var server = DatabaseUrl.parse(settings.required("BENCH_URL"));
    var bench = new Migrate200(server, Path.of(arguments[0]));
    bench.writeFiles();
    bench.seconds(bench::plain); // both warm up once
    bench.seconds(bench::ours);
    List<Double> plain = new ArrayList<>();
    List<Double> ours = new ArrayList<>();
    List<Double> ratios = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      boolean oursFirst = round % 2 == 0;
      double first = bench.seconds(oursFirst ? bench::ours : bench::plain);
      double second = bench.seconds(oursFirst ? bench::plain : bench::ours);
      ours.add(oursFirst ? first : second);
      plain.add(oursFirst ? second : first);
      ratios.add(ours.getLast() / plain.getLast());
      System.err.printf(
          Locale.ROOT,
          "round %d of %d: ours %.2f s, Flyway %.2f s, ratio %.2f%n",
          round + 1,
          rounds,
          ours.getLast(),
          plain.getLast(),
          ratios.getLast());
    }
    System.out.printf(
        Locale.ROOT,
        "\"migrations\":%d,\"rounds\":%d,\"ours_seconds\":%.3f,\"flyway_seconds\":%.3f,\"ratio\":%.3f%n",
        MIGRATIONS,
        rounds,
        median(ours),
        median(plain),
        median(ratios));
  }

  private void ours(DatabaseUrl database) {
    new Upgrade(target(database), "bench", Progress.NONE).run("head");
  }

  private void plain(DatabaseUrl database) {
    Flyway.configure()
        .dataSource(database.jdbcUrl(), database.user(), database.password())
        .schemas("users")
        .locations("filesystem:" + files.resolve("migration"))
        .load()
        .migrate();
  }

  private Target target(DatabaseUrl database) {
    return new Target(
        ServiceIdentity.of("user-service"),
        database,
        MigrationFiles.in(files),
        Limits.DEFAULT,
        Map.of());
  }

  private double seconds(Work work) throws Exception {
    String name = "migrate_200_" + databases++;
    DatabaseUrl database = server.withDatabase(name);
    execute(server, "DROP DATABASE IF EXISTS " + name);
    execute(server, "CREATE DATABASE " + name);
    execute(database, "CREATE SCHEMA users");
    // What the databases before left to write shall not count here.
    execute(server, "CHECKPOINT");
    long began = System.nanoTime();
    work.run(database);
    double seconds = (System.nanoTime() - began) / 1e9;
    requireApplied(database);
    execute(server, "DROP DATABASE " + name);
    return seconds;
  }

  private void requireApplied(DatabaseUrl database) throws Exception {
    try (Connection connection = connect(database);
        var statement = connection.createStatement();
        var row =
            statement.executeQuery(
                "SELECT count(*) FROM users." + FlywaySetup.HISTORY + " WHERE success")) {
      row.next();
      if (row.getInt(1) != MIGRATIONS) {
        throw new IllegalStateException(row.getInt(1) + " migrations were applied");
      }
    }
  }

  // What a schema sees in its life: one table in four files, then a column, an index, a comment.
  private void writeFiles() throws IOException {
    Files.createDirectories(files.resolve("migration"));
    Files.createDirectories(files.resolve("undo"));
    for (int i = 0; i < MIGRATIONS; i++) {
      String name = "20261201_%02d%02d__step_%d.sql".formatted(i / 60, i % 60, i);
      String table = "users.t" + i / 4;
      String[] sql =
          switch (i % 4) {
            case 0 ->
                new String[] {
                  "CREATE TABLE %s (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL, created_at timestamptz NOT NULL DEFAULT now());",
                  "DROP TABLE %s;"
                };
            case 1 ->
                new String[] {
                  "ALTER TABLE %s ADD COLUMN note text;", "ALTER TABLE %s DROP COLUMN note;"
                };
            case 2 ->
                new String[] {
                  "CREATE INDEX name_%2$d_idx ON %1$s (name);", "DROP INDEX users.name_%2$d_idx;"
                };
            default ->
                new String[] {
                  "COMMENT ON TABLE %s IS 'What it is for.';", "COMMENT ON TABLE %s IS NULL;"
                };
          };
      Files.writeString(files.resolve("migration/V" + name), sql[0].formatted(table, i));
      Files.writeString(files.resolve("undo/U" + name), sql[1].formatted(table, i));
    }
  }

  private static void execute(DatabaseUrl database, String sql) throws Exception {
    try (Connection connection = connect(database);
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static Connection connect(DatabaseUrl database) throws Exception {
    return DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password());
  }

  private static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }

  private static void quietLibraries() {
    if (org.slf4j.LoggerFactory.getILoggerFactory()
        instanceof ch.qos.logback.classic.LoggerContext context) {
      context.getLogger("ROOT").setLevel(ch.qos.logback.classic.Level.ERROR);
    }
  }
}
