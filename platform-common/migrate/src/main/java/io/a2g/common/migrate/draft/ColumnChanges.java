package io.a2g.common.migrate.draft;

import io.a2g.common.migrate.catalogue.ObjectName;
import io.a2g.common.migrate.draft.Change.Stage;
import java.util.ArrayList;
import java.util.List;

/** Columns of a table that exists on both sides. */
final class ColumnChanges {

  private final Names names;
  private final boolean online;

  /**
   * Makes one.
   *
   * @param online whether rows may exist and be in use
   */
  ColumnChanges(Names names, boolean online) {
    this.names = names;
    this.online = online;
  }

  List<Change> add(ObjectName column, String definition) {
    ColumnText text = ColumnText.parse(definition);
    String name = Names.quoted(column.name());
    String drop = alter(column) + " DROP COLUMN " + name + ";";
    boolean needsRows = online && text.notNull() && text.value().isEmpty();
    String add =
        "%s ADD COLUMN %s %s;"
            .formatted(alter(column), name, needsRows ? text.sql(false) : text.sql());
    if (text.isComputed() && online) {
      add = "-- Rewrites the table, which blocks reads and writes.\n" + add;
    }
    if (!needsRows) {
      return List.of(Change.first(add, drop));
    }
    var changes = new ArrayList<Change>();
    changes.add(
        Change.first(
            add
                + "\n-- Rows that exist have no value yet: fill them, here when they are few, else by a backfill.\n"
                + "-- Running services of the last release insert without it: a DEFAULT helps them, too.\n"
                + "-- UPDATE %s SET %s = … WHERE %s IS NULL;"
                    .formatted(names.qualified(column.table()), name, name),
            drop));
    changes.addAll(setNotNull(column));
    return changes;
  }

  Change drop(ObjectName column, String definition) {
    String name = Names.quoted(column.name());
    return Change.question(
        "Nothing declares it any more. In a later release, when no running version uses it:\n%1$s DROP COLUMN %2$s;\n(to undo: %1$s ADD COLUMN %2$s %3$s;)"
            .formatted(alter(column), name, ColumnText.parse(definition).sql()));
  }

  List<Change> alter(ObjectName column, String from, String to) {
    ColumnText before = ColumnText.parse(from);
    ColumnText after = ColumnText.parse(to);
    var changes = new ArrayList<Change>();
    if (before.isComputed() || after.isComputed()) {
      if (!before.value().equals(after.value()) || !before.type().equals(after.type())) {
        return List.of(
            Change.question(
                "%s is computed in another way: drop it and add it as\n%s"
                    .formatted(column.label(), after.sql())));
      }
    }
    if (!before.type().equals(after.type())) {
      changes.add(type(column, before, after));
    }
    if (!before.value().equals(after.value())) {
      changes.add(Change.first(value(column, before, after), value(column, after, before)));
    }
    if (before.notNull() != after.notNull()) {
      changes.addAll(nullability(column, after.notNull()));
    }
    return changes;
  }

  private Change type(ObjectName column, ColumnText before, ColumnText after) {
    String warning =
        online
            ? "-- May rewrite the table, which blocks reads and writes: lint measures it.\n"
            : "";
    return Change.first(warning + type(column, after), warning + type(column, before));
  }

  private String type(ObjectName column, ColumnText to) {
    String name = Names.quoted(column.name());
    String plain = to.type().replaceFirst(" COLLATE .*", "");
    return "%s ALTER COLUMN %s TYPE %s USING %s::%s;"
        .formatted(alter(column), name, to.type(), name, plain);
  }

  private String value(ObjectName column, ColumnText before, ColumnText after) {
    String head = alter(column) + " ALTER COLUMN " + Names.quoted(column.name());
    if (after.hasDefault()) {
      return (before.isIdentity() ? head + " DROP IDENTITY;\n" : "")
          + "%s SET %s;".formatted(head, after.value());
    }
    if (!after.isIdentity()) {
      return head + (before.isIdentity() ? " DROP IDENTITY;" : " DROP DEFAULT;");
    }
    return before.isIdentity()
        ? "%s SET %s;".formatted(head, after.value().replaceFirst(" AS IDENTITY.*", ""))
        : (before.hasDefault() ? head + " DROP DEFAULT;\n" : "")
            + "%s ADD %s;".formatted(head, after.value());
  }

  private List<Change> nullability(ObjectName column, boolean notNull) {
    String head = alter(column) + " ALTER COLUMN " + Names.quoted(column.name());
    String set = head + " SET NOT NULL;";
    String drop = head + " DROP NOT NULL;";
    if (!notNull) {
      return List.of(Change.first(drop, set));
    }
    return online ? setNotNull(column) : List.of(Change.first(set, drop));
  }

  /** SET NOT NULL scans with an exclusive lock, unless a validated check already says the same. */
  private List<Change> setNotNull(ObjectName column) {
    String name = Names.quoted(column.name());
    String check = Names.quoted(column.table() + "_" + column.name() + "_not_null");
    String add =
        "%s ADD CONSTRAINT %s CHECK (%s IS NOT NULL) NOT VALID;"
            .formatted(alter(column), check, name);
    String remove = alter(column) + " DROP CONSTRAINT " + check + ";";
    String head = alter(column) + " ALTER COLUMN " + name;
    return List.of(
        Change.first(add, remove),
        new Change(
            Stage.VALIDATE,
            "%s VALIDATE CONSTRAINT %s;\n%s SET NOT NULL;\n%s"
                .formatted(alter(column), check, head, remove),
            head + " DROP NOT NULL;\n" + add));
  }

  private String alter(ObjectName column) {
    return "ALTER TABLE " + names.qualified(column.table());
  }
}
