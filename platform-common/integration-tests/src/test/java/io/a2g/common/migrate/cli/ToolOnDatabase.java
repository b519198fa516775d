package io.a2g.common.migrate.cli;

import io.a2g.common.database.DatabaseUrl;
import io.a2g.common.testkit.database.TestDatabase;
import io.a2g.common.topology.ServiceIdentity;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The tool, a folder of migrations and an empty database of its own. */
public final class ToolOnDatabase {

  private static final ServiceIdentity SERVICE = ServiceIdentity.of("user-service");

  private final Path folder;
  private final DatabaseUrl database;
  private final Map<String, String> environment = new HashMap<>();

  /** With an empty schema. */
  public ToolOnDatabase(Path folder, String purpose) {
    this.folder = folder;
    this.database = TestDatabase.get().create(purpose);
    environment.put("A2G_ACTOR", "tester");
    try {
      Files.createDirectories(folder.resolve("migration"));
      Files.createDirectories(folder.resolve("undo"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    execute("CREATE SCHEMA users");
  }

  /** What a command answered. */
  public record Outcome(int code, String out, String err) {

    /** The answer of a command with {@code --json}. */
    public JsonNode json() {
      return JsonMapper.shared().readTree(out);
    }
  }

  /** The same files and environment on another user or database. */
  public Outcome runAs(DatabaseUrl url, String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--sources", folder.toString(), "--url", url.uri()));
    int code =
        MigrateTool.run(
            SERVICE,
            environment,
            new PrintWriter(out, true),
            new PrintWriter(err, true),
            all.toArray(String[]::new));
    return new Outcome(code, out.toString(), err.toString());
  }

  /** Runs a command. */
  public Outcome run(String... arguments) {
    return runAs(database, arguments);
  }

  /** Starts a command in a process of its own, which can be killed as nothing else can. */
  public Process start(String... arguments) {
    List<String> all = new ArrayList<>();
    all.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    all.addAll(List.of("-cp", System.getProperty("java.class.path"), Program.class.getName()));
    all.addAll(List.of(arguments));
    all.addAll(List.of("--sources", folder.toString(), "--url", database.uri()));
    var builder = new ProcessBuilder(all).redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.DISCARD).environment().putAll(environment);
    try {
      return builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The tool as a program. */
  static final class Program {

    private Program() {}

    public static void main(String[] arguments) {
      MigrateTool.main(SERVICE, arguments);
    }
  }

  /** Sets a variable of the environment. */
  public void set(String name, String value) {
    environment.put(name, value);
  }

  /** Writes a migration and its undo file; null: no undo file. */
  public void migration(String version, String slug, String up, String down) {
    write("migration/V%s__%s.sql".formatted(version, slug), up);
    if (down != null) {
      write("undo/U%s__%s.sql".formatted(version, slug), down);
    }
  }

  /** Writes a file below db. */
  public void write(String name, String text) {
    try {
      Files.writeString(folder.resolve(name), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Deletes a file below db. */
  public void delete(String name) {
    try {
      Files.delete(folder.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The database, with a superuser's credentials. */
  public DatabaseUrl database() {
    return database;
  }

  /** A connection of the superuser. */
  public Connection connect() throws SQLException {
    return DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password());
  }

  /** Runs a statement behind the tool's back. */
  public void execute(String sql) {
    try (Connection connection = connect();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  /** The first column of the first row as text. */
  public String query(String sql) {
    try (Connection connection = connect();
        var statement = connection.createStatement();
        var row = statement.executeQuery(sql)) {
      return row.next() ? row.getString(1) : null;
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }
}
