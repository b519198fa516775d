package io.a2g.common.migrate.lint;

/**
 * What a rule found.
 *
 * @param file the file's name
 * @param line from 1
 * @param rule its name, as {@code -- lint-ignore} takes it
 * @param message what is wrong with it
 * @param recipe what to do instead
 */
public record Finding(String file, int line, String rule, String message, String recipe) {

  static Finding of(SqlFile file, int line, Rule rule, String message) {
    return new Finding(file.name(), line, rule.id(), message, rule.recipe());
  }
}
