package io.a2g.common.migrate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2g.common.migrate.cli.ToolOnDatabase.Outcome;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RepeatableAndSquashedIT {

  private ToolOnDatabase tool;

  @BeforeEach
  void twoMigrations(@TempDir Path folder) {
    tool = new ToolOnDatabase(folder, "repeatable");
    tool.migration(
        "20260101_0900", "one", "CREATE TABLE users.one (id bigint);", "DROP TABLE users.one;");
    tool.migration(
        "20260102_0900", "two", "CREATE TABLE users.two (id bigint);", "DROP TABLE users.two;");
  }

  @Test
  void repeatableIsAppliedAgainWhenItChanged() {
    tool.write("migration/R__numbers.sql", view(1));
    assertThat(tool.run("upgrade", "head").code()).isZero();
    assertThat(tool.query("SELECT n FROM users.numbers")).isEqualTo("1");

    tool.write("migration/R__numbers.sql", view(2));
    assertThat(tool.run("upgrade", "head", "--plan").out()).contains("R__numbers.sql");
    assertThat(tool.run("upgrade", "head").code()).isZero();
    assertThat(tool.query("SELECT n FROM users.numbers")).isEqualTo("2");
  }

  @Test
  void repeatableWaitsForARunToHead() {
    tool.write(
        "migration/R__twos.sql", "CREATE OR REPLACE VIEW users.twos AS SELECT id FROM users.two;");

    Outcome first = tool.run("upgrade", "+1");
    assertThat(first.code()).as(first.err()).isZero();
    assertThat(tool.run("current").out()).contains("20260101.0900");
    assertThat(tool.run("drift").code()).isZero();
    assertThat(tool.run("upgrade", "head").code()).isZero();
    assertThat(tool.run("current", "--check-heads").code()).isZero();
    assertThat(tool.run("drift").code()).isZero();
  }

  @Test
  void undoTakesRepeatablesBackAndTheNextRunAppliesThem() {
    tool.write("migration/R__numbers.sql", view(1));
    assertThat(tool.run("upgrade", "head").code()).isZero();

    Outcome undone = tool.run("downgrade", "-1", "--force");

    assertThat(undone.code()).as(undone.err()).isZero();
    assertThat(tool.run("current", "--check-heads").code()).isEqualTo(2);
    assertThat(tool.run("drift").code()).isZero();
    assertThat(tool.run("history").out()).contains("numbers");
    tool.execute("DROP VIEW users.numbers");
    assertThat(tool.run("release").code()).isZero();
    assertThat(tool.run("upgrade", "head").code()).isZero();
    assertThat(tool.query("SELECT n FROM users.numbers")).isEqualTo("1");
    assertThat(tool.run("drift").code()).isZero();

    tool.execute(view(3));
    assertThat(tool.run("drift").code()).as("changed by hand").isEqualTo(3);
    tool.write("migration/R__numbers.sql", view(2));
    assertThat(tool.run("drift").code()).as("pending").isZero();
  }

  @Test
  void repeatableIsRehearsedMeasuredAndHeld() {
    tool.write(
        "migration/R__twos.sql", "CREATE OR REPLACE VIEW users.twos AS SELECT id FROM users.two;");
    tool.migration(
        "20260102_0900",
        "two",
        "CREATE TABLE users.two (id bigint);",
        "DROP VIEW IF EXISTS users.twos; DROP TABLE users.two;");

    Outcome rehearsed = tool.run("test");
    assertThat(rehearsed.code()).as(rehearsed.out() + rehearsed.err()).isZero();
    Outcome measured = tool.run("lint", "--measure");
    assertThat(measured.code()).as(measured.out() + measured.err()).isZero();

    assertThat(tool.run("upgrade", "head").code()).isZero();
    assertThat(tool.run("hold", "current", "--reason", "freeze").code()).isZero();
    tool.write(
        "migration/R__twos.sql",
        "CREATE OR REPLACE VIEW users.twos AS SELECT id, 1 AS n FROM users.two;");
    assertThat(tool.run("upgrade", "head").code()).isEqualTo(4);
    assertThat(tool.run("downgrade", "-1", "--force").code()).isZero();
    assertThat(tool.query("SELECT to_regclass('users.twos')")).isNull();
  }

  @Test
  void squashedFileStandsForThoseBeforeItOnAnEmptyDatabaseOnly() {
    tool.write(
        "migration/B20260102_0900__all_so_far.sql",
        "CREATE TABLE users.one (id bigint); CREATE TABLE users.two (id bigint);");

    Outcome upgraded = tool.run("upgrade", "head");

    assertThat(upgraded.code()).as(upgraded.err()).isZero();
    assertThat(tool.query("SELECT string_agg(type, ' ') FROM users.flyway_schema_history"))
        .isEqualTo("SQL_BASELINE");
    assertThat(tool.run("current", "--check-heads").code()).isZero();
    assertThat(tool.run("downgrade", "-1").code()).isNotZero();
    assertThat(tool.query("SELECT to_regclass('users.two')")).isNotNull();
  }

  @Test
  void squashedFileIsPassedOverWhereItsStepsAreApplied() {
    assertThat(tool.run("upgrade", "head").code()).isZero();
    tool.write("migration/B20260102_0900__all_so_far.sql", "SELECT 1 / 0;");

    Outcome again = tool.run("upgrade", "head");
    assertThat(again.code()).as(again.err()).isZero();
    assertThat(tool.run("current", "--check-heads").code()).isZero();
  }

  private static String view(int n) {
    return "CREATE OR REPLACE VIEW users.numbers AS SELECT " + n + " AS n;";
  }
}
