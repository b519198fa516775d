package io.a2g.common.migrate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2g.common.migrate.cli.ToolOnDatabase.Outcome;
import io.a2g.common.migrate.schemas.CreateSchemas;
import io.a2g.common.testkit.database.TestDatabase;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Another service needs a version of this schema when it was given a function of it. */
class UndoOfPublishedFunctionIT {

  private static final String PUBLISHED =
      """
      CREATE FUNCTION users.pin_person(id bigint) RETURNS boolean LANGUAGE sql AS 'SELECT true';
      GRANT EXECUTE ON FUNCTION users.pin_person(bigint) TO agents_app;
      """;

  private ToolOnDatabase tool;

  @BeforeEach
  void functionForAgents(@TempDir Path folder) {
    tool = new ToolOnDatabase(folder, "published");
    CreateSchemas.create(
        new CreateSchemas.Options(tool.database(), TestDatabase.get().rolesFile(), false),
        line -> {});
    tool.migration("20260101_0900", "pin_person", PUBLISHED, "DROP FUNCTION users.pin_person;");
    assertThat(tool.run("upgrade", "head").code()).isZero();
  }

  @Test
  void functionThatAnInstalledServiceWasGivenIsNotTaken() {
    tool.execute("CREATE TABLE agents.agents (owner_id bigint)");

    Outcome refused = tool.run("downgrade", "-1");
    assertThat(refused.err()).contains("takes users.pin_person(id bigint) from agents");
    assertThat(refused.code()).isEqualTo(4);
    assertThat(tool.run("current", "--check-heads").code()).isZero();
    assertThat(tool.query("SELECT users.pin_person(1)")).isEqualTo("t");

    assertThat(tool.run("downgrade", "-1", "--force").code()).isZero();
  }

  @Test
  void functionMadeAnewWithoutItsGrantIsTakenToo() {
    tool.execute("CREATE TABLE agents.agents (owner_id bigint)");
    tool.migration(
        "20260102_0900",
        "pin_faster",
        "DROP FUNCTION users.pin_person;" + PUBLISHED.replace("SELECT true", "SELECT id > 0"),
        "DROP FUNCTION users.pin_person;" + PUBLISHED.lines().findFirst().orElseThrow());
    assertThat(tool.run("upgrade", "head").code()).isZero();

    assertThat(tool.run("downgrade", "-1").err()).contains("from agents");
    tool.write(
        "undo/U20260102_0900__pin_faster.sql", "DROP FUNCTION users.pin_person;" + PUBLISHED);
    assertThat(tool.run("downgrade", "-1", "--accept-changed-undo").code()).isZero();
  }

  @Test
  void serviceThatIsNotInstalledNeedsNothing() {
    assertThat(tool.run("downgrade", "-1").code()).isZero();
  }
}
