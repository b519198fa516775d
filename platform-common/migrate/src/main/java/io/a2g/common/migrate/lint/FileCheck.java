package io.a2g.common.migrate.lint;

import io.a2g.common.migrate.sql.SqlStatement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What is known while the statements of one file are looked at one after the other. */
final class FileCheck {

  private final SqlFile file;
  private final String schema;
  private final List<Finding> findings = new ArrayList<>();
  private final Set<String> created = new HashSet<>();
  private int line = 1;

  FileCheck(SqlFile file, String schema) {
    this.file = file;
    this.schema = schema;
  }

  SqlFile file() {
    return file;
  }

  List<Finding> findings() {
    return findings;
  }

  /** The statement that is looked at from here on. */
  void at(SqlStatement statement) {
    line = statement.line();
  }

  void report(Rule rule, String message) {
    report(line, rule, message);
  }

  /** A message with the name that it is about in place of {@code %s}. */
  void report(Rule rule, String message, String name) {
    report(line, rule, message.formatted(name));
  }

  void report(int where, Rule rule, String message) {
    findings.add(Finding.of(file, where, rule, message));
  }

  /** A table, index or function that no other session sees before this file is done. */
  void created(String name) {
    created.add(qualified(name));
  }

  /** True for what was there before this file. */
  boolean existed(String name) {
    return !created.contains(qualified(name));
  }

  /** With its schema, because a file may leave it out. */
  String qualified(String name) {
    return name.contains(".") ? name : schema + "." + name;
  }
}
