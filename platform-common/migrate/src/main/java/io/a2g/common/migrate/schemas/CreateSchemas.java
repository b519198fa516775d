package io.a2g.common.migrate.schemas;

import io.a2g.common.database.DatabaseUrl;
import io.a2g.common.database.Sql;
import io.a2g.common.migrate.ExitCode;
import io.a2g.common.migrate.MigrationFailure;
import io.a2g.common.topology.PlatformSchema;
import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes a database ready for the services: the database itself when asked, the five schemas, and
 * for each schema an owner, a migrator and an app role with no more rights than they need
 * (architecture page, "Database access").
 *
 * <p>It may run as often as one likes, and several at once: the second finds everything there. What
 * it does inside the database happens in one transaction, all or nothing.
 */
public final class CreateSchemas {

  private static final int MAX_ATTEMPTS = 10;

  /** Lost races against what does not take our lock, such as a migration: trying again helps. */
  private static final Set<String> RACES =
      Set.of("23505", "42710", "42P06", "42P04", "40001", "40P01", "55P03", "55006");

  private static final String USAGE =
      """
      Makes the five schemas of the platform and their roles in a PostgreSQL database. Harmless to repeat.

        --url URL             postgresql://user:password@host:port/database or jdbc:postgresql://…;
                              default: the environment variable DATABASE_URL, which other users of
                              the machine cannot see in the process list
        --roles-file PATH     passwords of the login roles, one USERS_APP_PASSWORD=… per line; made
                              with random passwords and mode 0600 when it is not there
        --create-database     makes the database too when it is missing
        --single-user         no roles: everything belongs to the user of the URL, for a server
                              where roles cannot be created
        --help                this text

      Exit code: 0 done, 2 wrong usage, 3 database not reachable or login refused, 4 no right to
      create what is missing, 5 anything else.
      """;

  private CreateSchemas() {}

  /**
   * What to make.
   *
   * @param url the database and a user who may create roles and schemas in it
   * @param rolesFile the passwords; completed when incomplete. Null, and only then, for a single
   *     user: no roles are made
   * @param createDatabase whether to make the database when it is missing
   */
  public record Options(DatabaseUrl url, @Nullable Path rolesFile, boolean createDatabase) {

    boolean singleUser() {
      return rolesFile == null;
    }
  }

  /** The program. Its exit codes are older than those of the tool, and scripts rely on them. */
  public static void main(String[] args) {
    System.exit(
        switch (run(args)) {
          case OK -> 0;
          case USAGE -> 2;
          case UNREACHABLE -> 3;
          case NO_RIGHT -> 4;
          default -> 5;
        });
  }

  /** The program without its end. */
  public static ExitCode run(String... args) {
    return run(args, System.getenv(), System.out, System.err);
  }

  static ExitCode run(
      String[] args, Map<String, String> environment, PrintStream out, PrintStream err) {
    if (List.of(args).contains("--help")) {
      out.print(USAGE);
      return ExitCode.OK;
    }
    Options options;
    try {
      options = options(args, environment);
    } catch (IllegalArgumentException e) {
      err.println("create_schemas: " + e.getMessage());
      err.println("create_schemas: --help explains the options");
      return ExitCode.USAGE;
    }
    try {
      create(options, line -> out.println("create_schemas: " + line));
      return ExitCode.OK;
    } catch (MigrationFailure e) {
      err.println("create_schemas: " + e.getMessage());
      return e.exitCode();
    }
  }

  /**
   * Reads the program's arguments.
   *
   * @param environment where the URL is taken from when no argument names it
   * @throws IllegalArgumentException when they are wrong; the message has no secret
   */
  public static Options options(String[] args, Map<String, String> environment) {
    var values = new TreeMap<String, String>();
    for (int i = 0; i < args.length; i++) {
      switch (args[i]) {
        case "--create-database", "--single-user" -> values.put(args[i], "");
        case "--url", "--roles-file" -> {
          if (i + 1 == args.length) {
            throw new IllegalArgumentException(args[i] + " needs a value");
          }
          values.put(args[i], args[++i]);
        }
        // The argument itself stays unsaid: it may be a URL whose flag was forgotten.
        default -> throw new IllegalArgumentException("argument %d is unknown".formatted(i + 1));
      }
    }
    String url = values.getOrDefault("--url", environment.getOrDefault("DATABASE_URL", ""));
    if (url.isBlank()) {
      throw new IllegalArgumentException("no database: give --url or set DATABASE_URL");
    }
    boolean singleUser = values.containsKey("--single-user");
    if (singleUser == values.containsKey("--roles-file")) {
      throw new IllegalArgumentException("give either --roles-file or --single-user");
    }
    Path rolesFile = singleUser ? null : Path.of(values.getOrDefault("--roles-file", ""));
    return new Options(DatabaseUrl.parse(url), rolesFile, values.containsKey("--create-database"));
  }

  /**
   * Makes what is missing.
   *
   * @param made is told one line for each thing made, after it is there for good
   * @return login role → password; empty for a single user
   * @throws MigrationFailure when it could not
   */
  public static Map<String, String> create(Options options, Consumer<String> made) {
    for (int attempt = 1; ; attempt++) {
      try {
        return attempt(options, made);
      } catch (SQLException e) {
        if (attempt == MAX_ATTEMPTS || !lostRace(e)) {
          throw Failures.explain(e, options);
        }
        pause(attempt);
      }
    }
  }

  private static Map<String, String> attempt(Options options, Consumer<String> made)
      throws SQLException {
    try (var _ = ClusterLock.take(options, made);
        Connection connection = ClusterLock.open(options.url())) {
      ClusterLock.lock(connection);
      Map<String, String> passwords =
          options.rolesFile() == null
              ? Map.of()
              : RolesFile.complete(options.rolesFile(), loginRoles(), made);
      var lines = new ArrayList<String>();
      var bootstrap = new SchemaBootstrap(new Sql(connection), lines::add);
      if (options.singleUser()) {
        bootstrap.forSingleUser();
      } else {
        bootstrap.withRoles(passwords);
      }
      connection.commit();
      lines.forEach(made);
      made.accept("%s has the schemas %s".formatted(options.url().display(), schemaNames()));
      return passwords;
    }
  }

  private static List<String> loginRoles() {
    return Stream.of(PlatformSchema.values())
        .flatMap(schema -> Stream.of(schema.appRole(), schema.migratorRole()))
        .toList();
  }

  private static String schemaNames() {
    return String.join(
        ", ", Stream.of(PlatformSchema.values()).map(PlatformSchema::schemaName).toList());
  }

  private static boolean lostRace(SQLException e) {
    // "tuple concurrently updated" has no code of its own, only that of internal errors.
    return RACES.contains(String.valueOf(e.getSQLState()))
        || String.valueOf(e.getMessage()).contains("concurrently updated");
  }

  private static void pause(int attempt) {
    try {
      Thread.sleep(50L * attempt);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new MigrationFailure(ExitCode.FAILED, "interrupted", e);
    }
  }
}
