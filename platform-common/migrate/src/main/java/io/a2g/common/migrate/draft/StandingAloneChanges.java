package io.a2g.common.migrate.draft;

import io.a2g.common.migrate.catalogue.ObjectName;
import java.util.List;
import java.util.stream.Stream;

/** Types, functions, sequences and views. */
final class StandingAloneChanges {

  private final Names names;

  StandingAloneChanges(Names names) {
    this.names = names;
  }

  Change add(ObjectName object, String definition) {
    return Change.first(create(object, definition), drop(object, definition));
  }

  Change question(ObjectName object, String definition) {
    return Change.question("Nothing declares it any more:\n" + drop(object, definition));
  }

  Change alter(ObjectName object, String from, String to) {
    return switch (object.kind()) {
      case FUNCTION -> Change.first(create(object, to), create(object, from));
      case VIEW ->
          Change.first(
              drop(object, from) + "\n" + create(object, to),
              drop(object, to) + "\n" + create(object, from));
      case TYPE -> alterType(object, from, to);
      default -> Change.question("%s is %s, and should be %s".formatted(object, from, to));
    };
  }

  private Change alterType(ObjectName type, String from, String to) {
    List<String> before = labels(from);
    List<String> after = labels(to);
    if (!from.startsWith("ENUM") || !after.containsAll(before)) {
      return Change.question("%s is %s, and should be %s".formatted(type, from, to));
    }
    StringBuilder add = new StringBuilder("-- A value of an enum can never be removed again.");
    for (int i = 0; i < after.size(); i++) {
      if (!before.contains(after.get(i))) {
        add.append(
            "\nALTER TYPE %s ADD VALUE %s%s;"
                .formatted(
                    names.qualified(type.name()),
                    after.get(i),
                    i == 0 ? " BEFORE " + before.getFirst() : " AFTER " + after.get(i - 1)));
      }
    }
    return Change.first(add.toString(), "-- The value stays: PostgreSQL cannot remove it.");
  }

  private static List<String> labels(String definition) {
    return Stream.of(definition.replaceFirst("^ENUM \\((.*)\\)$", "$1").split(", ")).toList();
  }

  private String create(ObjectName object, String definition) {
    String name = names.qualified(object.name());
    return switch (object.kind()) {
      case FUNCTION ->
          definition.startsWith("aggregate ")
              ? "-- " + object + ": " + definition
              : definition.stripTrailing() + ";";
      case SEQUENCE ->
          "CREATE SEQUENCE %s %s;".formatted(name, definition.replaceFirst(" OWNED BY .*", ""));
      case VIEW -> view(name, definition);
      default ->
          definition.startsWith("DOMAIN ")
              ? "CREATE DOMAIN %s AS %s;".formatted(name, definition.substring("DOMAIN ".length()))
              : "CREATE TYPE %s AS %s;"
                  .formatted(name, definition.replaceFirst("^RANGE \\(", "RANGE (subtype = "));
    };
  }

  private static String view(String name, String definition) {
    int end = definition.indexOf(" as\n");
    String head = definition.substring(0, end);
    String query = definition.substring(end + " as\n".length()).strip();
    String kind = head.startsWith("materialized") ? "MATERIALIZED VIEW" : "VIEW";
    int options = head.indexOf(" with (");
    return "CREATE %s %s%s AS\n%s"
        .formatted(
            kind,
            name,
            options < 0 ? "" : head.substring(options).replace(" with", " WITH"),
            query.endsWith(";") ? query : query + ";");
  }

  private String drop(ObjectName object, String definition) {
    return switch (object.kind()) {
      // Its name carries the arguments, printed by PostgreSQL.
      case FUNCTION -> "DROP FUNCTION %s.%s;".formatted(names.schema(), object.name());
      case VIEW ->
          "DROP %sVIEW %s;"
              .formatted(
                  definition.startsWith("materialized") ? "MATERIALIZED " : "",
                  names.qualified(object.name()));
      case TYPE ->
          "DROP %s %s;"
              .formatted(
                  definition.startsWith("DOMAIN ") ? "DOMAIN" : "TYPE",
                  names.qualified(object.name()));
      default -> "DROP %s %s;".formatted(object.kind(), names.qualified(object.name()));
    };
  }
}
