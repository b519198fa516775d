package io.a2g.common.migrate.backup;

import io.a2g.common.database.DatabaseUrl;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A database's address for PostgreSQL's own programs, in their environment variables: a command
 * line would show the password to all users of the machine.
 */
final class LibpqEnvironment {

  private LibpqEnvironment() {}

  /** Variable → value. */
  static Map<String, String> of(DatabaseUrl database) {
    var variables = new LinkedHashMap<String, String>();
    variables.put("PGHOST", database.hostNames());
    variables.put("PGPORT", database.ports());
    variables.put("PGDATABASE", database.database());
    if (database.user() != null) {
      variables.put("PGUSER", database.user());
    }
    if (database.password() != null) {
      variables.put("PGPASSWORD", database.password());
    }
    variables.put("PGCONNECT_TIMEOUT", "5"); // s
    for (String parameter : database.parameters().split("&", -1)) {
      addParameter(variables, parameter.split("=", 2));
    }
    return variables;
  }

  /** Nothing of the caller's PG… variables may lead the programs elsewhere. */
  static void replaceIn(Map<String, String> environment, Map<String, String> variables) {
    environment
        .keySet()
        .removeIf(name ->
            name.startsWith("PG") && !name.startsWith("PGSSL") && !name.equals("PGPASSFILE"));
    environment.putAll(variables);
  }

  private static void addParameter(Map<String, String> variables, String[] parameter) {
    if (parameter.length < 2) {
      return;
    }
    String value = parameter[1];
    switch (parameter[0]) {
      case "sslmode" -> variables.put("PGSSLMODE", value);
      case "sslrootcert" -> variables.put("PGSSLROOTCERT", value);
      case "sslcert" -> variables.put("PGSSLCERT", value);
      case "sslkey" -> variables.put("PGSSLKEY", value);
      // What the driver means by it.
      case "ssl" -> variables.putIfAbsent("PGSSLMODE", "verify-full");
      case "targetServerType" -> {
        if (value.equals("primary")) {
          variables.put("PGTARGETSESSIONATTRS", "read-write");
        }
      }
      default -> {
        // Settings of the driver alone.
      }
    }
  }
}
