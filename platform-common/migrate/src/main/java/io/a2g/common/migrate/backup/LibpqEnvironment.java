package io.a2g.common.migrate.backup;

import io.a2g.common.database.DatabaseUrl;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collector;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A database's address for PostgreSQL's own programs, in their environment variables: a command
 * line would show the password to everybody on the machine.
 */
final class LibpqEnvironment {

  private LibpqEnvironment() {}

  /** Variable → value. */
  static Map<String, String> of(DatabaseUrl database) {
    var variables = new LinkedHashMap<String, String>();
    String[] servers = database.hosts().split(",", -1);
    variables.put("PGHOST", Stream.of(servers).map(LibpqEnvironment::host).collect(joined()));
    variables.put("PGPORT", Stream.of(servers).map(LibpqEnvironment::port).collect(joined()));
    variables.put("PGDATABASE", database.database());
    if (database.user() != null) {
      variables.put("PGUSER", database.user());
    }
    if (database.password() != null) {
      variables.put("PGPASSWORD", database.password());
    }
    variables.put("PGCONNECT_TIMEOUT", "5"); // s
    int question = database.jdbcUrl().indexOf('?');
    if (question >= 0) {
      for (String parameter : database.jdbcUrl().substring(question + 1).split("&", -1)) {
        addParameter(variables, parameter.split("=", 2));
      }
    }
    return variables;
  }

  /** Nothing of the caller's PG… variables may lead the programs elsewhere. */
  static void replaceIn(Map<String, String> environment, Map<String, String> variables) {
    environment
        .keySet()
        .removeIf(name -> name.startsWith("PG") && !name.startsWith("PGSSL") && !isPassFile(name));
    environment.putAll(variables);
  }

  private static boolean isPassFile(String name) {
    return name.equals("PGPASSFILE");
  }

  private static Collector<CharSequence, ?, String> joined() {
    return Collectors.joining(",");
  }

  private static String host(String server) {
    String host = server.substring(0, server.lastIndexOf(':'));
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  private static String port(String server) {
    return server.substring(server.lastIndexOf(':') + 1);
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
