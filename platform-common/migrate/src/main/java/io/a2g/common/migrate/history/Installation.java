package io.a2g.common.migrate.history;

import io.a2g.common.migrate.DatabaseFailures;
import io.a2g.common.migrate.Target;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What was fixed for an installation when it was made; a shadow must be made alike. */
public final class Installation {

  private static final String DIMENSION = "a2g.embedding_dimension";

  private Installation() {}

  /** The target with the settings that the live schema was made with. */
  public static Target of(Target live) {
    try (Connection connection = live.connect()) {
      return of(connection, live);
    } catch (SQLException e) {
      throw DatabaseFailures.explain(e, live);
    }
  }

  /** The same over a connection that there is already. */
  public static Target of(Connection connection, Target live) throws SQLException {
    var settings = new HashMap<>(live.sessionSettings());
    String function = live.schema() + ".embedding_dimension()";
    if (value(connection, "to_regprocedure('%s')::text".formatted(function)) != null) {
      settings.put(DIMENSION, String.valueOf(value(connection, function)));
    }
    return new Target(
        live.service(), live.database(), live.files(), live.limits(), Map.copyOf(settings));
  }

  private static @Nullable String value(Connection connection, String expression)
      throws SQLException {
    try (var statement = connection.createStatement();
        var result = statement.executeQuery("SELECT " + expression)) {
      result.next();
      return result.getString(1);
    }
  }
}
