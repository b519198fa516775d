package io.a2g.common.testkit.database;

import io.a2g.common.database.DatabaseUrl;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** The psql of this machine. Where there is none its tests are left out, except in CI. */
public final class Psql {

  private Psql() {}

  /**
   * What it answered.
   *
   * @param code 0, or 3 when a statement failed
   * @param text both streams
   */
  public record Outcome(int code, String text) {}

  /** Runs a script as an administrator would, without saying what shall happen on an error. */
  public static Outcome run(DatabaseUrl database, Path script) throws Exception {
    String server = database.hosts();
    int colon = server.lastIndexOf(':');
    var builder =
        new ProcessBuilder("psql", "-X", "-q", "-f", script.toString()).redirectErrorStream(true);
    builder.environment().put("PGDATABASE", database.database());
    builder.environment().put("PGHOST", server.substring(0, colon));
    builder.environment().put("PGPORT", server.substring(colon + 1));
    builder.environment().put("PGUSER", String.valueOf(database.user()));
    builder.environment().put("PGPASSWORD", String.valueOf(database.password()));
    Process process;
    try {
      process = builder.start();
    } catch (IOException e) {
      String ci = System.getenv().getOrDefault("CI", "");
      if (!ci.isBlank() && !ci.equalsIgnoreCase("false")) {
        throw e;
      }
      return Assumptions.abort("psql is not installed");
    }
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Outcome(process.waitFor(), text);
  }
}
