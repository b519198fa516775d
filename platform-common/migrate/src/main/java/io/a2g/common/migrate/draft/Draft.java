package io.a2g.common.migrate.draft;

import io.a2g.common.migrate.catalogue.Catalogue;
import io.a2g.common.migrate.catalogue.Kind;
import io.a2g.common.migrate.catalogue.ObjectName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Drafts the way from one schema to another. What it adds and changes are statements; what would
 * lose something, or might be a rename, are comments with a choice.
 */
public final class Draft {

  private final Names names;
  private final Catalogue from;
  private final Catalogue to;
  private final boolean online;

  private Draft(String schema, Catalogue from, Catalogue to, boolean online) {
    this.names = new Names(schema);
    this.from = from;
    this.to = to;
    this.online = online;
  }

  /**
   * As migrations for tables in use, in the order of their versions; empty when nothing differs.
   */
  public static List<DraftFile> migrations(String schema, Catalogue from, Catalogue to) {
    return DraftFile.of(new Draft(schema, from, to, true).changes());
  }

  /** As one script for empty tables; empty when nothing differs. */
  public static String script(String schema, Catalogue from, Catalogue to) {
    var script = new StringBuilder();
    for (Change change : new Draft(schema, from, to, false).changes()) {
      String blank = change.up().contains("\n") ? "\n" : "";
      script.append(blank).append(change.up()).append("\n").append(blank);
    }
    return script.toString().replace("\n\n\n", "\n\n").strip();
  }

  private List<Change> changes() {
    var changes = new ArrayList<Change>();
    all(changes, kind -> kind == Kind.TYPE || kind == Kind.SEQUENCE);
    all(changes, kind -> kind == Kind.FUNCTION);
    tables(changes);
    all(changes, kind -> kind == Kind.COLUMN || kind == Kind.STORAGE);
    all(changes, kind -> kind.isConstraint() && kind != Kind.FOREIGN_KEY);
    all(changes, kind -> kind == Kind.FOREIGN_KEY || kind == Kind.INDEX);
    all(changes, kind -> kind.compareTo(Kind.TRIGGER) >= 0 && kind != Kind.COMMENT);
    // A function may speak of a table that comes after it.
    boolean tableAfterFunction =
        changes.stream().anyMatch(c -> c.up().startsWith("CREATE OR REPLACE FUNCTION"))
            && changes.stream().anyMatch(c -> c.up().startsWith("CREATE TABLE"));
    if (tableAfterFunction) {
      changes.addFirst(Change.first("SET LOCAL check_function_bodies = off;", ""));
    }
    return changes.stream().sorted(Comparator.comparing(Change::stage)).toList();
  }

  private void tables(List<Change> changes) {
    to.objects().entrySet().stream()
        .filter(entry -> entry.getKey().kind() == Kind.TABLE)
        .sorted(
            Comparator.comparing(
                (Map.Entry<ObjectName, String> e) -> TableText.isPartition(e.getValue())))
        .forEach(entry -> table(changes, entry.getKey(), entry.getValue()));
    from.objects().keySet().stream()
        .filter(name -> name.kind() == Kind.TABLE && !to.objects().containsKey(name))
        .forEach(name ->
            changes.add(
                Change.question(
                    "Nothing declares it any more. In a later release, after a backup:\nDROP TABLE %s;"
                        .formatted(names.qualified(name.name())))));
  }

  private void table(List<Change> changes, ObjectName table, String definition) {
    String name = names.qualified(table.name());
    String before = from.objects().get(table);
    if (before == null) {
      changes.add(
          Change.first(TableText.create(to, table, names), "DROP TABLE %s;".formatted(name)));
    } else if (!before.equals(definition)) {
      String old = TableText.options(before);
      String now = TableText.options(definition);
      boolean optionsOnly =
          before
              .replace(" with (" + old + ")", "")
              .equals(definition.replace(" with (" + now + ")", ""));
      changes.add(
          optionsOnly
              ? Change.first(options(name, old, now), options(name, now, old))
              : Change.question("%s is %s, and should be %s".formatted(table, before, definition)));
    }
  }

  private static String options(String table, String before, String after) {
    String reset = before.replaceAll("=[^,]*", "");
    String set = after.isEmpty() ? "" : "ALTER TABLE %s SET (%s);".formatted(table, after);
    return before.isEmpty()
        ? set
        : ("ALTER TABLE %s RESET (%s);\n".formatted(table, reset) + set).strip();
  }

  private void all(List<Change> changes, Predicate<Kind> kinds) {
    var all = new TreeSet<>(to.objects().keySet());
    all.addAll(from.objects().keySet());
    for (ObjectName name : all) {
      String before = from.objects().get(name);
      String after = to.objects().get(name);
      if (kinds.test(name.kind()) && (before == null || !before.equals(after))) {
        if (name.table().isEmpty()) {
          changes.add(standingAlone(name, before, after));
        } else if (!goesWithItsTable(name)) {
          changes.addAll(part(name, before, after));
        }
      }
    }
  }

  private Change standingAlone(ObjectName name, @Nullable String before, @Nullable String after) {
    var changes = new StandingAloneChanges(names);
    if (before == null) {
      return changes.add(name, String.valueOf(after));
    }
    return after == null ? changes.question(name, before) : changes.alter(name, before, after);
  }

  private List<Change> part(ObjectName name, @Nullable String before, @Nullable String after) {
    if (name.kind() == Kind.COLUMN) {
      return column(name, before, after);
    }
    var changes = new PartChanges(names);
    boolean inUse = online && isIn(from, name);
    if (before == null) {
      return changes.add(name, String.valueOf(after), inUse);
    }
    return after == null
        ? List.of(changes.question(name, before))
        : changes.alter(name, before, after, inUse);
  }

  private List<Change> column(ObjectName name, @Nullable String before, @Nullable String after) {
    var changes = new ColumnChanges(names, online);
    if (before == null) {
      return changes.add(name, String.valueOf(after));
    }
    if (after != null) {
      return changes.alter(name, before, after);
    }
    var questions = new ArrayList<Change>();
    for (ObjectName candidate : to.objects().keySet()) {
      if (isRename(name, before, candidate)) {
        questions.add(
            Change.question(
                "Is it a rename? Then, instead of adding %s:\nALTER TABLE %s RENAME COLUMN %s TO %s;"
                    .formatted(
                        candidate.name(),
                        names.qualified(name.table()),
                        Names.quoted(name.name()),
                        Names.quoted(candidate.name()))));
      }
    }
    questions.add(changes.drop(name, before));
    return questions;
  }

  private boolean isRename(ObjectName old, String definition, ObjectName candidate) {
    return candidate.kind() == Kind.COLUMN
        && candidate.table().equals(old.table())
        && !from.objects().containsKey(candidate)
        && ColumnText.parse(String.valueOf(to.objects().get(candidate)))
            .type()
            .equals(ColumnText.parse(definition).type());
  }

  /** What CREATE TABLE or DROP TABLE does already. */
  private boolean goesWithItsTable(ObjectName part) {
    boolean parent = part.kind() == Kind.COLUMN || part.kind().isConstraint();
    if (!isIn(to, part)) {
      return true;
    }
    String table = String.valueOf(to.objects().get(tableOf(part)));
    return !isIn(from, part)
        && (TableText.isPartition(table)
            ? part.kind() != Kind.INDEX
            : parent && part.kind() != Kind.FOREIGN_KEY);
  }

  private static boolean isIn(Catalogue catalogue, ObjectName part) {
    return catalogue.objects().containsKey(tableOf(part))
        || catalogue.objects().containsKey(new ObjectName(Kind.VIEW, "", part.table()));
  }

  private static ObjectName tableOf(ObjectName part) {
    return new ObjectName(Kind.TABLE, "", part.table());
  }
}
