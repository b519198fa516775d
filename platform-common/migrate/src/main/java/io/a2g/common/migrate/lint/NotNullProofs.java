package io.a2g.common.migrate.lint;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which columns a valid check constraint keeps from being null, over all files: for these SET NOT
 * NULL looks at no row.
 */
final class NotNullProofs {

  private static final Pattern CHECK =
      Pattern.compile(
          "add constraint (\\S+) check \\( \\(* ?(\\S+) is not null \\)* ?\\)( not valid)?");
  private static final Pattern VALIDATE = Pattern.compile("validate constraint (\\S+)");
  private static final Pattern DROP =
      Pattern.compile("drop constraint (?:if exists )?(\\S+)(?: cascade| restrict)?");

  private final Map<String, String> columns = new HashMap<>();
  private final Set<String> valid = new HashSet<>();

  /** Takes notice of an action of ALTER TABLE. */
  void see(String table, String action) {
    Matcher check = CHECK.matcher(action);
    Matcher validate = VALIDATE.matcher(action);
    Matcher drop = DROP.matcher(action);
    if (check.matches()) {
      String constraint = table + "." + check.group(1);
      columns.put(constraint, table + "." + check.group(2));
      if (check.group(3) == null) {
        valid.add(constraint);
      }
    } else if (validate.matches()) {
      valid.add(table + "." + validate.group(1));
    } else if (drop.matches()) {
      columns.remove(table + "." + drop.group(1));
    }
  }

  boolean hold(String table, String column) {
    return columns.entrySet().stream()
        .anyMatch(check ->
            check.getValue().equals(table + "." + column) && valid.contains(check.getKey()));
  }
}
