package io.a2g.common.migrate.draft;

import io.a2g.common.migrate.catalogue.Kind;
import io.a2g.common.migrate.catalogue.ObjectName;
import io.a2g.common.migrate.draft.Change.Stage;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Constraints, indexes, triggers and what else is a part of a table. */
final class PartChanges {

  private static final Pattern SIMPLE_UNIQUE = Pattern.compile("UNIQUE (\\([^()]*\\))");

  private final Names names;

  PartChanges(Names names) {
    this.names = names;
  }

  /**
   * Adds it.
   *
   * @param online whether the table has rows that others read and write
   */
  List<Change> add(ObjectName part, String definition, boolean online) {
    String drop = drop(part);
    if (!online) {
      return List.of(Change.first(create(part, definition), drop));
    }
    return switch (part.kind()) {
      case CHECK, FOREIGN_KEY -> addThenValidate(part, definition);
      case UNIQUE -> addUnique(part, definition);
      case INDEX ->
          List.of(
              definition.contains(" ON ONLY ")
                  ? Change.first(create(part, definition), drop)
                  : alone(part, definition));
      default -> List.of(Change.first(create(part, definition), drop));
    };
  }

  List<Change> alter(ObjectName part, String from, String to, boolean online) {
    String before = create(part, from);
    String after = create(part, to);
    String drop = drop(part);
    if (part.kind() == Kind.STORAGE || part.kind() == Kind.TRIGGER) {
      return List.of(Change.first(after, before));
    }
    if (part.kind() == Kind.INDEX && online && !to.contains(" ON ONLY ")) {
      String dropOnline = drop.replaceFirst("INDEX ", "INDEX CONCURRENTLY ");
      return List.of(new Change(Stage.ALONE, dropOnline, before), alone(part, to));
    }
    boolean slow = online && !to.endsWith(" NOT VALID");
    if (slow && (part.kind() == Kind.CHECK || part.kind() == Kind.FOREIGN_KEY)) {
      List<Change> added = addThenValidate(part, to);
      return List.of(
          Change.first(drop + "\n" + added.getFirst().up(), drop + "\n" + before), added.getLast());
    }
    return List.of(Change.first(drop + "\n" + after, drop + "\n" + before));
  }

  Change question(ObjectName part, String definition) {
    return Change.question(
        "Nothing declares it any more:\n%s\n(to undo: %s)"
            .formatted(drop(part), create(part, definition).replaceAll("\\s+", " ")));
  }

  private List<Change> addThenValidate(ObjectName part, String definition) {
    String drop = drop(part);
    if (definition.endsWith(" NOT VALID")) {
      return List.of(Change.first(create(part, definition), drop));
    }
    String add = create(part, definition + " NOT VALID");
    return List.of(
        Change.first(add, drop),
        new Change(
            Stage.VALIDATE,
            "ALTER TABLE %s VALIDATE CONSTRAINT %s;"
                .formatted(names.qualified(part.table()), Names.quoted(part.name())),
            drop + "\n" + add));
  }

  private List<Change> addUnique(ObjectName part, String definition) {
    Matcher simple = SIMPLE_UNIQUE.matcher(definition);
    if (!simple.matches()) {
      return List.of(
          Change.first(
              "-- Scans the table with an exclusive lock.\n" + create(part, definition),
              drop(part)));
    }
    String build =
        "CREATE UNIQUE INDEX CONCURRENTLY %s ON %s %s;"
            .formatted(Names.quoted(part.name()), names.qualified(part.table()), simple.group(1));
    return List.of(
        new Change(
            Stage.ALONE, build, "DROP INDEX IF EXISTS %s;".formatted(names.qualified(part.name()))),
        new Change(
            Stage.ATTACH,
            "ALTER TABLE %s ADD CONSTRAINT %s UNIQUE USING INDEX %s;"
                .formatted(
                    names.qualified(part.table()),
                    Names.quoted(part.name()),
                    Names.quoted(part.name())),
            // The index goes with the constraint, and the undo before this one expects it.
            drop(part) + "\n" + build.replace(" CONCURRENTLY", "")));
  }

  private Change alone(ObjectName part, String definition) {
    return new Change(
        Stage.ALONE,
        create(part, definition).replaceFirst(" INDEX ", " INDEX CONCURRENTLY "),
        "DROP INDEX %s;".formatted(names.qualified(part.name())));
  }

  String create(ObjectName part, String definition) {
    String table = names.qualified(part.table());
    String name = Names.quoted(part.name());
    return switch (part.kind()) {
      case PRIMARY_KEY, UNIQUE, CHECK, FOREIGN_KEY, EXCLUSION ->
          "ALTER TABLE %s ADD CONSTRAINT %s %s;".formatted(table, name, definition);
      case STORAGE ->
          "ALTER TABLE %s ALTER COLUMN %s SET STORAGE %s;"
              .formatted(
                  table,
                  name,
                  definition.replaceFirst(
                      " COMPRESSION ", ", ALTER COLUMN " + name + " SET COMPRESSION "));
      case INDEX -> definition.replace(" ON ONLY ", " ON ").replaceFirst(" INVALID$", "") + ";";
      case TRIGGER -> trigger(part, definition);
      case RULE -> definition.replaceFirst(";?$", ";");
      case STATISTICS -> definition + ";";
      default -> "-- %s: %s".formatted(part, definition.replace("\n", " "));
    };
  }

  private String trigger(ObjectName part, String definition) {
    String state = definition.replaceFirst("(?s).*\\)( DISABLED| REPLICA| ALWAYS)?$", "$1").strip();
    String create =
        definition
                .substring(0, definition.length() - (state.isEmpty() ? 0 : state.length() + 1))
                .replaceFirst("^CREATE TRIGGER", "CREATE OR REPLACE TRIGGER")
            + ";";
    String change =
        "\nALTER TABLE %s %%s TRIGGER %s;"
            .formatted(names.qualified(part.table()), Names.quoted(part.name()));
    return switch (state) {
      case "DISABLED" -> create + change.formatted("DISABLE");
      case "" -> create;
      default -> create + change.formatted("ENABLE " + state);
    };
  }

  private String drop(ObjectName part) {
    String table = names.qualified(part.table());
    String name = Names.quoted(part.name());
    return switch (part.kind()) {
      case PRIMARY_KEY, UNIQUE, CHECK, FOREIGN_KEY, EXCLUSION ->
          "ALTER TABLE %s DROP CONSTRAINT %s;".formatted(table, name);
      case STORAGE -> "ALTER TABLE %s ALTER COLUMN %s SET STORAGE EXTENDED;".formatted(table, name);
      case INDEX -> "DROP INDEX %s;".formatted(names.qualified(part.name()));
      case STATISTICS -> "DROP STATISTICS %s;".formatted(names.qualified(part.name()));
      default -> "DROP %s %s ON %s;".formatted(part.kind(), name, table);
    };
  }
}
