package io.a2g.common.migrate.catalogue;

import org.jspecify.annotations.Nullable;

/**
 * One object that two schemas do not have alike.
 *
 * @param kind what it is
 * @param name its label, such as {@code users.email}
 * @param ours how the first schema has it; null: not at all
 * @param theirs how the second schema has it; null: not at all
 */
public record Difference(Kind kind, String name, @Nullable String ours, @Nullable String theirs) {

  /**
   * One readable line, such as {@code column users.email: migrations have text, database has
   * varchar(20)}.
   *
   * @param first what to call the first schema, such as {@code the migrations}
   * @param second what to call the second one
   */
  public String describe(String first, String second) {
    String object = kind.text() + " " + name;
    if (ours == null) {
      return "%s: only in %s: %s".formatted(object, second, oneLine(theirs));
    }
    if (theirs == null) {
      return "%s: only in %s: %s".formatted(object, first, oneLine(ours));
    }
    return "%s: %s in %s, but %s in %s"
        .formatted(object, oneLine(ours), first, oneLine(theirs), second);
  }

  private static String oneLine(@Nullable String definition) {
    String line = String.valueOf(definition).replaceAll("\\s+", " ").strip();
    return line.length() <= 300 ? line : line.substring(0, 297) + "…";
  }
}
