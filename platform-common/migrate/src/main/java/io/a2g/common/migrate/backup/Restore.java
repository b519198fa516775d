package io.a2g.common.migrate.backup;

import io.a2g.common.database.Sql;
import io.a2g.common.migrate.ExitCode;
import io.a2g.common.migrate.MigrationFailure;
import io.a2g.common.migrate.Target;
import io.a2g.common.migrate.schemas.CreateSchemas;
import io.a2g.common.topology.PlatformSchema;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Restores backups into a new database, never into one that exists, and counts what arrived.
 *
 * <p>The schemas, roles and extensions of the platform are made first, as for an empty database.
 * With the roles, everything gets back its owner and grants; without them everything belongs to the
 * user who restores.
 */
public final class Restore {

  /** More than a schema gives between two backups. */
  static final long SKIPPED_NUMBERS = 10_000_000;

  private final Target target;
  private final String database;
  private final @Nullable Path rolesFile;
  private final Map<String, String> environment;
  private final Consumer<String> progress;

  /**
   * Nothing happens yet.
   *
   * @param target the server, and a user who may create databases (and roles, with a roles file)
   * @param database the name of the new database
   * @param rolesFile passwords of the platform's roles, completed when incomplete; null: no roles
   * @param environment PG_BIN and PATH
   * @param progress is told one line for each step
   */
  public Restore(
      Target target,
      String database,
      @Nullable Path rolesFile,
      Map<String, String> environment,
      Consumer<String> progress) {
    this.target = target.withDatabase(target.database().withDatabase(database));
    this.database = database;
    this.rolesFile = rolesFile;
    this.environment = environment;
    this.progress = progress;
  }

  /**
   * Restores them, in the order of their schemas.
   *
   * @return every table with its rows in the backup and in the new database
   * @throws MigrationFailure when it could not; the new database is then removed again
   */
  public List<RestoredTable> run(List<Path> files) {
    List<Backup> backups = checked(files);
    return target
        .withDatabase(target.database().withDatabase("postgres"))
        .on(server -> {
          PostgresProgram program = program(server, backups);
          create(new Sql(server));
          boolean complete = false;
          try {
            CreateSchemas.create(
                new CreateSchemas.Options(target.database(), rolesFile, false), progress);
            List<RestoredTable> tables = restore(program, backups);
            complete = true;
            return tables;
          } finally {
            if (!complete) {
              drop(new Sql(server));
            }
          }
        });
  }

  /** Opened, unchanged since they were made, in the order of their schemas, each schema once. */
  private static List<Backup> checked(List<Path> files) {
    List<Backup> backups =
        files.stream()
            .map(file -> new Backup(file, BackupManifest.read(BackupManifest.beside(file))))
            .sorted(Comparator.comparingInt(Restore::order))
            .toList();
    var schemas = new HashSet<String>();
    for (Backup backup : backups) {
      requireUnchanged(backup);
      if (!schemas.add(backup.manifest().schema())) {
        throw MigrationFailure.refused(
            "There are two backups of the schema %s: give one"
                .formatted(backup.manifest().schema()));
      }
    }
    return backups;
  }

  private static int order(Backup backup) {
    String schema = backup.manifest().schema();
    int order =
        Stream.of(PlatformSchema.values()).map(PlatformSchema::schemaName).toList().indexOf(schema);
    if (order < 0) {
      throw MigrationFailure.refused(
          "%s is of the schema %s, which the platform does not have"
              .formatted(backup.file(), schema));
    }
    return order;
  }

  private static void requireUnchanged(Backup backup) {
    try {
      if (!PrivateFiles.sha256(backup.file()).equals(backup.manifest().sha256())) {
        throw MigrationFailure.refused(
            "%s is not what was written when the backup was taken (SHA-256 differs): use another backup"
                .formatted(backup.file()));
      }
    } catch (IOException e) {
      throw new MigrationFailure(ExitCode.REFUSED, "%s cannot be read".formatted(backup.file()), e);
    }
  }

  private PostgresProgram program(Connection server, List<Backup> backups) throws SQLException {
    int major = server.getMetaData().getDatabaseMajorVersion();
    for (Backup backup : backups) {
      String wrote = backup.manifest().program().replaceFirst("^pg_dump ", "");
      major = Math.max(major, Integer.parseInt(wrote.split("\\D", 2)[0]));
    }
    return PostgresProgram.find("pg_restore", major, environment);
  }

  private void create(Sql server) throws SQLException {
    try {
      server.execute(
          "CREATE DATABASE %s TEMPLATE template0 ENCODING 'UTF8'".formatted(Sql.name(database)));
      progress.accept("database " + target.database().display());
    } catch (SQLException e) {
      if ("42P04".equals(e.getSQLState())) {
        throw MigrationFailure.refused(
            "The database %s exists, and a restore never touches one: give the name of a new database"
                .formatted(database));
      }
      throw e;
    }
  }

  private List<RestoredTable> restore(PostgresProgram program, List<Backup> backups) {
    for (Backup backup : backups) {
      var manifest = backup.manifest();
      progress.accept(
          "restoring %s at %s, %d rows, taken %s from %s"
              .formatted(
                  manifest.schema(),
                  manifest.schemaVersion(),
                  backup.rowCount(),
                  manifest.takenAt(),
                  manifest.database()));
      program.run(target.database(), arguments(backup));
    }
    return target.on(connection -> {
      var sql = new Sql(connection);
      for (Backup backup : backups) {
        finish(sql, backup.manifest().schema());
      }
      return counted(sql, backups);
    });
  }

  // What a schema has to do because it is a copy now, such as to let go of what belongs to the
  // original.
  private static void finish(Sql sql, String schema) throws SQLException {
    if (sql.isTrue("SELECT to_regprocedure('%s.after_restore()') IS NOT NULL".formatted(schema))) {
      sql.execute("SELECT %s.after_restore()".formatted(schema));
    }
  }

  private List<RestoredTable> counted(Sql sql, List<Backup> backups) throws SQLException {
    if (backups.size() < PlatformSchema.values().length) {
      skipNumbers(sql, backups);
    }
    var tables = new ArrayList<RestoredTable>();
    for (Backup backup : backups) {
      String schema = backup.manifest().schema();
      tables.addAll(
          RestoredTable.compare(schema, backup.manifest().rows(), TableCounts.of(sql, schema)));
    }
    return tables;
  }

  // The other schemas may refer to rows that came after this backup. Their numbers must not be
  // given again, or an agent of a lost user would belong to the next one who signs up, and no scan
  // could tell.
  private void skipNumbers(Sql sql, List<Backup> backups) throws SQLException {
    for (Backup backup : backups) {
      String schema = backup.manifest().schema();
      sql.execute(
          """
          SELECT setval(format('%%I.%%I', schemaname, sequencename)::regclass,
                        coalesce(last_value, 0) + %d)
          FROM pg_sequences WHERE schemaname = '%s'
          """
              .formatted(SKIPPED_NUMBERS, schema));
      progress.accept(
          "%s goes on %,d numbers later: ids given since the backup are not given again"
              .formatted(schema, SKIPPED_NUMBERS));
    }
  }

  private List<String> arguments(Backup backup) {
    var arguments = new ArrayList<String>(List.of("--dbname=" + database, "--exit-on-error"));
    // Only what is in the schema: the schema itself is there already.
    arguments.add("--schema=" + backup.manifest().schema());
    if (rolesFile == null) {
      arguments.addAll(List.of("--no-owner", "--no-privileges"));
    }
    arguments.add(backup.file().toString());
    return arguments;
  }

  private void drop(Sql server) throws SQLException {
    server.execute("DROP DATABASE IF EXISTS %s WITH (FORCE)".formatted(Sql.name(database)));
    progress.accept("removed the database %s again".formatted(database));
  }
}
