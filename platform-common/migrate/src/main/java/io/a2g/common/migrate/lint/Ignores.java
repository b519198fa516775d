package io.a2g.common.migrate.lint;

import java.util.ArrayList;
import java.util.List;

/** Takes away the findings that a file asks to ignore, and reports requests that are wrong. */
final class Ignores {

  private Ignores() {}

  /**
   * What is left.
   *
   * @param measured whether the measured rules ran, so that a request for one may be called unused
   */
  static List<Finding> apply(SqlFile file, List<Finding> findings, boolean measured) {
    List<Finding> left = new ArrayList<>(findings);
    for (SqlFile.Header ignore : file.headers("lint-ignore")) {
      String rule = ignore.subject();
      boolean unknown = Rule.of(rule).isEmpty() || rule.equals(Rule.IGNORE.id());
      if (unknown || ignore.value().isEmpty()) {
        left.add(
            wrong(
                file,
                ignore,
                unknown ? "There is no rule '%s'".formatted(rule) : "Says no reason"));
      } else if (!left.removeIf(finding -> finding.rule().equals(rule))
          && (measured || !rule.startsWith("measured-"))) {
        left.add(wrong(file, ignore, "%s finds nothing in this file".formatted(rule)));
      }
    }
    return left;
  }

  private static Finding wrong(SqlFile file, SqlFile.Header ignore, String message) {
    return Finding.of(file, ignore.line(), Rule.IGNORE, message);
  }
}
