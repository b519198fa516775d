package io.a2g.common.migrate.draft;

import io.a2g.common.migrate.catalogue.Catalogue;
import io.a2g.common.migrate.catalogue.Kind;
import io.a2g.common.migrate.catalogue.ObjectName;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Writes whole tables. */
final class TableText {

  private static final Pattern PARTITION =
      Pattern.compile(" partition of (\\S+) (DEFAULT|FOR VALUES .*?\\))(?= with| row| replica|$)");
  private static final Pattern PARTITIONED =
      Pattern.compile("partitioned table by (.*?\\))(?= partition of| with| row| replica|$)");
  private static final Pattern OPTIONS = Pattern.compile(" with \\((.*?)\\)");

  private TableText() {}

  static boolean isPartition(String definition) {
    return PARTITION.matcher(definition).find();
  }

  static boolean isPartitioned(String definition) {
    return definition.contains("partitioned table by ");
  }

  /** Storage parameters, such as {@code fillfactor=80}; empty when there are none. */
  static String options(String definition) {
    return group(OPTIONS, definition);
  }

  /** CREATE TABLE with columns and constraints; foreign keys and indexes come later. */
  static String create(Catalogue catalogue, ObjectName table, Names names) {
    String definition = String.valueOf(catalogue.objects().get(table));
    String head =
        "CREATE %sTABLE %s"
            .formatted(
                definition.startsWith("unlogged ") ? "UNLOGGED " : "",
                names.qualified(table.name()));
    String options = options(definition).isEmpty() ? "" : " WITH (" + options(definition) + ")";
    String by = isPartitioned(definition) ? " PARTITION BY " + group(PARTITIONED, definition) : "";
    Matcher partition = PARTITION.matcher(definition);
    if (partition.find()) {
      return head
          + " PARTITION OF %s %s".formatted(partition.group(1), partition.group(2))
          + by
          + options
          + ";";
    }
    return head
        + " (\n  "
        + String.join(",\n  ", lines(catalogue, table))
        + "\n)"
        + by
        + options
        + ";";
  }

  private static List<String> lines(Catalogue catalogue, ObjectName table) {
    var lines = new ArrayList<String>();
    catalogue
        .objects()
        .forEach((part, definition) -> {
          if (!part.table().equals(table.name())) {
            return;
          }
          if (part.kind() == Kind.COLUMN) {
            lines.add(Names.quoted(part.name()) + " " + ColumnText.parse(definition).sql());
          } else if (part.kind().isConstraint() && part.kind() != Kind.FOREIGN_KEY) {
            lines.add("CONSTRAINT " + Names.quoted(part.name()) + " " + definition);
          }
        });
    return lines;
  }

  private static String group(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    return matcher.find() ? matcher.group(1) : "";
  }
}
