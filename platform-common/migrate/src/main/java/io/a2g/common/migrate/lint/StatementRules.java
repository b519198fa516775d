package io.a2g.common.migrate.lint;

import static io.a2g.common.migrate.sql.SqlStatement.NAME;

import io.a2g.common.migrate.sql.SqlStatement;
import io.a2g.common.topology.PlatformSchema;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Rules for statements of any file: what breaks the tool's transactions or another's schema. */
final class StatementRules {

  private static final Pattern SESSION_SETTING =
      Pattern.compile("(set (?!local |constraints |transaction ).*|reset .*)");
  private static final Pattern SET_CONFIG =
      Pattern.compile("(?!create ).*\\bset_config \\( [^()]*, (?!true )\\w+ \\).*");
  private static final Pattern TARGET =
      Pattern.compile(
          "(?:(?:create(?: or replace)?|alter|drop|comment on|grant .+? on|revoke .+? on)"
              + " (?:(?:global|local|unlogged|foreign|event|unique|materialized|constraint) )*"
              + "(?:table|index|view|function|procedure|sequence|type|domain|column|index)"
              + "|insert into|update|delete from|truncate(?: table)?)"
              + " (?:concurrently )?(?:if (?:not )?exists )?(?:only )?"
              + NAME
              + "\\b.*");
  private static final Pattern TARGET_BEHIND_ON =
      Pattern.compile(
          "(?:create|drop|alter|comment on) .*?\\b(?:index|trigger|rule|policy|constraint)\\b.*? on (?:only )?"
              + NAME
              + ".*");
  private static final Pattern WHOLE_DATABASE =
      Pattern.compile("(?:create|drop|alter) (?:schema|extension|role|user|database|group)\\b.*");

  private final String schema;
  private final Pattern otherTables;

  StatementRules(String schema) {
    this.schema = schema;
    String others =
        Stream.of(PlatformSchema.values())
            .map(PlatformSchema::schemaName)
            .filter(name -> !name.equals(schema))
            .collect(Collectors.joining("|"));
    // A name before parentheses is a function that is called, except behind REFERENCES.
    this.otherTables =
        Pattern.compile(
            ".*(?<![\\w.])(?:((?:%1$s)\\.[\\w$]+)(?! \\()(?![\\w$])|references ((?:%1$s)\\.[\\w$]+)).*"
                .formatted(others));
  }

  void check(FileCheck file) {
    for (SqlStatement statement : file.file().statements()) {
      file.at(statement);
      if (statement.isTransactionControl()) {
        file.report(Rule.TRANSACTION_CONTROL, "It begins or ends a transaction");
      }
      if (statement.matches(SESSION_SETTING) || statement.matches(SET_CONFIG)) {
        file.report(Rule.SESSION_SETTING, "The setting stays on the connection after the file");
      }
      otherSchema(statement, file);
    }
  }

  private void otherSchema(SqlStatement statement, FileCheck file) {
    String foreign = foreignTarget(statement.matcher(TARGET), statement);
    if (foreign == null) {
      foreign = foreignTarget(statement.matcher(TARGET_BEHIND_ON), statement);
    }
    Matcher table = statement.matcher(otherTables);
    if (foreign == null && table.matches()) {
      foreign = table.group(1) == null ? table.group(2) : table.group(1);
    }
    if (statement.matches(WHOLE_DATABASE)) {
      foreign = "what belongs to the whole database, which create-schemas makes";
    }
    if (foreign != null) {
      file.report(
          Rule.OTHER_SCHEMA, "A migration of %s may not touch ".formatted(schema) + foreign);
    }
  }

  private @Nullable String foreignTarget(Matcher target, SqlStatement statement) {
    if (!target.matches() || !target.group(1).contains(".")) {
      return null;
    }
    String name = target.group(1);
    boolean own = name.startsWith(schema + ".") || name.startsWith("pg_temp.");
    boolean ownColumn =
        statement.shape().startsWith("comment on column ") && name.split("\\.").length == 2;
    return own || ownColumn ? null : name;
  }
}
