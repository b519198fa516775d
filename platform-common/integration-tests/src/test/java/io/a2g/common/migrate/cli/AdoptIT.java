package io.a2g.common.migrate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2g.common.migrate.cli.ToolOnDatabase.Outcome;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A history of older files, or none at all, and the files that take its place. */
class AdoptIT {

  private static final String HISTORY =
      "SELECT string_agg(script, ' ' ORDER BY installed_rank) FROM users.flyway_schema_history";
  private static final String ONE = "CREATE TABLE users.one (id bigint PRIMARY KEY, name text);";
  private static final String TWO =
      "CREATE TABLE users.two (id bigint);"
          + " CREATE VIEW users.twos AS SELECT id FROM users.two; CREATE TYPE users.mood AS ENUM ('ok');";
  private static final String FUNCTION =
      "CREATE OR REPLACE FUNCTION users.f() RETURNS integer LANGUAGE sql AS 'SELECT %d';";

  private ToolOnDatabase tool;

  @BeforeEach
  void tool(@TempDir Path folder) {
    tool = new ToolOnDatabase(folder, "adopt");
  }

  private void earlierRelease() {
    tool.migration("20260101_0900", "one", "CREATE TABLE users.one (id bigint PRIMARY KEY);", "");
    tool.migration("20260102_0900", "name", "ALTER TABLE users.one ADD name text;", "");
    tool.migration("20260103_0900", "two", TWO + FUNCTION.formatted(1), "");
    assertThat(tool.run("upgrade", "head").code()).isZero();
    tool.execute("INSERT INTO users.one VALUES (7, 'kept')");
    for (String name :
        new String[] {"20260101_0900__one", "20260102_0900__name", "20260103_0900__two"}) {
      tool.delete("migration/V" + name + ".sql");
      tool.delete("undo/U" + name + ".sql");
    }
  }

  private void baseline() {
    tool.migration("20260201_0900", "one", ONE, "DROP TABLE users.one;");
    tool.migration(
        "20260201_0901",
        "two",
        TWO,
        "DROP TYPE users.mood; DROP VIEW users.twos; DROP TABLE users.two;");
    tool.write("migration/R__f.sql", FUNCTION.formatted(1));
  }

  @Test
  void equalSchemaIsAdoptedAndEveryCommandGoesOnFromThere() {
    earlierRelease();
    baseline();
    tool.migration(
        "20260301_0900",
        "three",
        "CREATE TABLE users.three (id bigint);",
        "DROP TABLE users.three;");

    Outcome refused = tool.run("upgrade", "head");
    assertThat(refused.code()).isEqualTo(4);
    assertThat(refused.err()).contains("V20260101_0900__one.sql was applied", "run adopt");
    assertThat(tool.run("drift").err()).contains("run adopt");

    Outcome plan = tool.run("adopt", "--plan");
    assertThat(plan.code()).as(plan.err()).isZero();
    assertThat(plan.out()).contains("V20260201_0901__two.sql", "would be adopted at 20260201.0901");
    assertThat(tool.query(HISTORY)).contains("V20260101_0900__one.sql");

    Outcome adopted = tool.run("adopt", "--json");
    assertThat(adopted.code()).as(adopted.err()).isZero();
    assertThat(adopted.json().at("/version").asString()).isEqualTo("20260201.0901");
    assertThat(adopted.json().at("/replaced_rows").asInt()).isEqualTo(3);
    assertThat(tool.query(HISTORY))
        .isEqualTo("V20260201_0900__one.sql V20260201_0901__two.sql R__f.sql");
    assertThat(
            tool.query(
                "SELECT count(*) FROM users.migration_audit WHERE action = 'REPLACED' AND actor = 'tester'"))
        .isEqualTo("3");
    assertThat(tool.query("SELECT name FROM users.one WHERE id = 7")).isEqualTo("kept");

    assertThat(tool.run("drift").code()).isZero();
    assertThat(tool.run("current").out()).contains("20260201.0901");
    assertThat(tool.run("history", "--verbose").out()).contains("tester");
    assertThat(tool.run("upgrade", "head").out()).contains("20260301");
    assertThat(tool.run("current", "--check-heads").code()).isZero();
    assertThat(tool.run("downgrade", "-1", "--force").code()).isZero();
    Outcome undone = tool.run("downgrade", "-1", "--force");
    assertThat(undone.code()).as("compared with what adoption saw: " + undone.err()).isZero();
    assertThat(tool.run("release").code()).isZero();
    assertThat(tool.run("upgrade", "head").code()).isZero();
    assertThat(tool.run("drift").code()).isZero();
    assertThat(tool.query("SELECT name FROM users.one WHERE id = 7")).isEqualTo("kept");
  }

  @Test
  void differentSchemaIsRefusedAndTheDifferenceIsShown() {
    earlierRelease();
    baseline();
    tool.execute("ALTER TABLE users.one ADD surplus text");
    tool.execute(FUNCTION.formatted(2));

    Outcome outcome = tool.run("adopt");

    assertThat(outcome.code()).isEqualTo(3);
    assertThat(outcome.out())
        .contains("1 differ", "column one.surplus: only in the database")
        .doesNotContain("function f()");
    assertThat(tool.query(HISTORY)).contains("V20260101_0900__one.sql");
    assertThat(tool.query("SELECT name FROM users.one WHERE id = 7")).isEqualTo("kept");
  }

  @Test
  void schemaMadeByOtherMeansIsAdopted() {
    tool.execute(ONE + "INSERT INTO users.one VALUES (7, 'kept')");
    baseline();
    assertThat(tool.run("upgrade", "head").err()).contains("run adopt");

    Outcome adopted = tool.run("adopt", "--reason", "made by hand");

    assertThat(adopted.code()).as(adopted.err()).isZero();
    assertThat(adopted.out()).contains("adopted at 20260201.0900").doesNotContain("R__f.sql");
    // What repeatable files make is no part of a version, so the upgrade makes it.
    assertThat(tool.run("upgrade", "head").code()).isZero();
    assertThat(tool.query("SELECT users.f()")).isEqualTo("1");
    assertThat(tool.run("drift").code()).isZero();
    assertThat(tool.query("SELECT name FROM users.one WHERE id = 7")).isEqualTo("kept");
  }

  @Test
  void adoptingTwiceSaysSo() {
    earlierRelease();
    baseline();
    assertThat(tool.run("adopt").code()).isZero();

    Outcome again = tool.run("adopt");

    assertThat(again.code()).isZero();
    assertThat(again.out()).contains("already");
    assertThat(tool.query("SELECT count(*) FROM users.migration_audit WHERE action = 'ADOPTED'"))
        .isEqualTo("3");
  }

  @Test
  void holdStaysAtTheAdoptedVersion() {
    earlierRelease();
    assertThat(tool.run("hold", "current", "--reason", "freeze").code()).isZero();
    baseline();
    tool.migration("20260301_0900", "three", "CREATE TABLE users.three (id bigint);", "");

    assertThat(tool.run("adopt").code()).isZero();

    assertThat(tool.query("SELECT version || ' ' || reason FROM users.migration_control"))
        .isEqualTo("20260201.0901 freeze");
    assertThat(tool.run("upgrade", "head").code()).isEqualTo(4);
    assertThat(tool.query("SELECT to_regclass('users.three')")).isNull();
  }

  @Test
  void schemaOfANewerReleaseIsRefused() {
    baseline();
    tool.migration("20260301_0900", "three", "SELECT 1;", "");
    assertThat(tool.run("upgrade", "head").code()).isZero();
    tool.delete("migration/V20260301_0900__three.sql");

    Outcome outcome = tool.run("adopt");

    assertThat(outcome.code()).isEqualTo(4);
    assertThat(outcome.err()).contains("newer release");
  }
}
