package io.a2g.common.migrate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2g.common.migrate.cli.ToolOnDatabase.Outcome;
import io.a2g.common.migrate.schemas.CreateSchemas;
import io.a2g.common.testkit.database.Psql;
import io.a2g.common.testkit.database.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script of {@code downgrade --sql} refuses, when it runs, what the command itself refuses. */
class OfflineUndoIT {

  private ToolOnDatabase tool;
  private Path script;

  @BeforeEach
  void peopleWithNames(@TempDir Path folder) {
    script = folder.resolve("script.sql");
    tool = new ToolOnDatabase(folder, "offline_undo");
    tool.migration(
        "20260101_0900",
        "people",
        "CREATE TABLE users.people (id bigint PRIMARY KEY);",
        "DROP TABLE users.people;");
    tool.migration(
        "20260102_0900",
        "names",
        "ALTER TABLE users.people ADD COLUMN name text, ADD COLUMN note text;",
        "ALTER TABLE users.people DROP COLUMN name, DROP COLUMN note; -- and no more");
    assertThat(tool.run("upgrade", "head").code()).isZero();
  }

  @Test
  void rowsAndValuesAreNotLostByAScript() throws Exception {
    tool.execute("INSERT INTO users.people (id, name) VALUES (1, 'Kim'), (2, NULL)");

    Psql.Outcome refused = psql("downgrade", "-2", "--sql");
    assertThat(refused.code()).isEqualTo(3);
    assertThat(refused.text())
        .contains("the undo of 20260102.0900 would lose 1 values of people.name: take a backup")
        .doesNotContain("note");
    assertThat(tool.query("SELECT string_agg(name, ',') FROM users.people")).isEqualTo("Kim");
    assertThat(tool.run("current", "--check-heads").code()).isZero();

    tool.execute("UPDATE users.people SET name = NULL");
    assertThat(psql("downgrade", "-2", "--sql").text())
        .contains("the undo of 20260101.0900 would lose 2 rows of people:");
    assertThat(current()).isEqualTo("20260101.0900");
    assertThat(psql("downgrade", "-1", "--sql", "--allow-data-loss").code()).isZero();
    assertThat(tool.query("SELECT to_regclass('users.people')")).isNull();
  }

  @Test
  void emptyTablesAndColumnsGo() throws Exception {
    assertThat(psql("downgrade", "base", "--sql").code()).isZero();
    assertThat(tool.query("SELECT to_regclass('users.people')")).isNull();
  }

  @Test
  void functionThatAnInstalledServiceWasGivenIsNotTaken() throws Exception {
    CreateSchemas.create(
        new CreateSchemas.Options(tool.database(), TestDatabase.get().rolesFile(), false),
        line -> {});
    tool.execute("CREATE TABLE agents.agents (owner_id bigint)");
    tool.migration(
        "20260103_0900",
        "pin",
        """
        CREATE FUNCTION users.pin_person(id bigint) RETURNS boolean LANGUAGE sql AS 'SELECT true';
        GRANT EXECUTE ON FUNCTION users.pin_person(bigint) TO agents_app;
        """,
        "DROP FUNCTION users.pin_person;");
    assertThat(tool.run("upgrade", "head").code()).isZero();

    assertThat(psql("downgrade", "-1", "--sql", "--allow-data-loss").text())
        .contains("takes users.pin_person(id bigint) from agents, whose services are installed");
    assertThat(tool.query("SELECT users.pin_person(1)")).isEqualTo("t");
    assertThat(psql("downgrade", "-1", "--sql", "--force").code()).isZero();
  }

  @Test
  void serviceThatIsConnectedWhenTheScriptRunsIsNotCutOff() throws Exception {
    Outcome made = tool.run("downgrade", "-1", "--sql");
    try (Connection session = tool.connect();
        var statement = session.createStatement()) {
      statement.execute("SET application_name = 'user-service'");

      Psql.Outcome refused = psql(made);
      assertThat(refused.code()).isEqualTo(3);
      assertThat(refused.text()).contains("1 sessions of user-service are connected");
    }
    assertThat(tool.run("current", "--check-heads").code()).isZero();
  }

  private String current() {
    return tool.run("current", "--json").json().path("version").asString();
  }

  private Psql.Outcome psql(String... command) throws Exception {
    return psql(tool.run(command));
  }

  private Psql.Outcome psql(Outcome made) throws Exception {
    assertThat(made.code()).as(made.err()).isZero();
    return Psql.run(tool.database(), Files.writeString(script, made.out()));
  }
}
