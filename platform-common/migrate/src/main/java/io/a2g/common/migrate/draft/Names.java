package io.a2g.common.migrate.draft;

import java.util.Set;
import java.util.regex.Pattern;

/** Writes identifiers as SQL. */
final class Names {

  private static final Pattern PLAIN = Pattern.compile("[a-z_][a-z0-9_]*");

  // Those reserved words that people like as names.
  private static final Set<String> RESERVED =
      Set.of(
          """
          user order group table column check default end limit offset primary references
          select to from when window all analyse analyze desc asc for grant not null only
          placing session_user some then unique using variadic where with
          """
              .strip()
              .split("\\s+"));

  private final String schema;

  Names(String schema) {
    this.schema = schema;
  }

  String schema() {
    return schema;
  }

  String qualified(String name) {
    return schema + "." + quoted(name);
  }

  static String quoted(String name) {
    return PLAIN.matcher(name).matches() && !RESERVED.contains(name)
        ? name
        : "\"" + name.replace("\"", "\"\"") + "\"";
  }
}
