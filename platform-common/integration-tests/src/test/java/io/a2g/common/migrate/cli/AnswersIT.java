package io.a2g.common.migrate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2g.common.migrate.cli.ToolOnDatabase.Outcome;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What a command says, to people and to programs, when it does not do what was asked for. */
class AnswersIT {

  private ToolOnDatabase tool;

  @BeforeEach
  void oneAppliedAndOnePending(@TempDir Path folder) {
    tool = new ToolOnDatabase(folder, "answers");
    tool.migration("20260101_0900", "one", "SELECT 1;", "SELECT 1;");
    assertThat(tool.run("upgrade", "head").code()).isZero();
    tool.migration("20260102_0900", "two", "CREATE TABLE users.two ();", "DROP TABLE users.two;");
  }

  @Test
  void wrongUsageIsADocumentToo() {
    for (String[] wrong : new String[][] {{"upgrade", "--nope"}, {"stamp"}, {"upgrade", "2099"}}) {
      Outcome outcome =
          wrong.length == 1 ? tool.run(wrong[0], "--json") : tool.run(wrong[0], wrong[1], "--json");
      assertThat(outcome.code()).isEqualTo(64);
      assertThat(outcome.json().path("ok").asBoolean(true)).isFalse();
      assertThat(outcome.json().path("exit_code").asInt()).isEqualTo(64);
      assertThat(outcome.json().path("error").asString()).isNotBlank();
    }
  }

  @Test
  void scriptIsADocumentToo() {
    var upgrade = tool.run("upgrade", "head", "--sql", "--json").json();
    assertThat(upgrade.path("applied").asBoolean(true)).isFalse();
    assertThat(upgrade.path("sql").asString()).contains("CREATE TABLE users.two");
    var downgrade = tool.run("downgrade", "-1", "--sql", "--json").json();
    assertThat(downgrade.path("sql").asString()).contains("U20260101_0900__one.sql");
  }

  @Test
  void heldUpgradeSaysSoInEachForm() {
    tool.run("hold", "--reason", "freeze");

    var held = tool.run("upgrade", "head", "--json").json();
    assertThat(held.path("ok").asBoolean(true)).isFalse();
    assertThat(held.path("exit_code").asInt()).isEqualTo(4);
    assertThat(held.path("held_at").asString()).isEqualTo("20260101.0900");
    Outcome script = tool.run("upgrade", "head", "--sql");
    assertThat(script.code()).isEqualTo(4);
    assertThat(script.out()).isEqualTo("-- users: nothing to apply\n");
    assertThat(script.err()).contains("held at 20260101.0900 by tester (freeze)");
  }

  @Test
  void releaseTellsWhetherThereWasAHold() {
    assertThat(tool.run("release").out()).contains("there was no hold");
    tool.run("hold", "--reason", "freeze");
    assertThat(tool.run("release", "--json").json().path("released").asBoolean()).isTrue();
    assertThat(tool.run("release", "--json").json().path("released").asBoolean(true)).isFalse();
  }

  @Test
  void downgradeToWhatIsNoVersionIsWrongUsage() {
    assertThat(tool.run("downgrade", "foo").code()).isEqualTo(64);
    assertThat(tool.run("downgrade", "2099").code()).isEqualTo(64);
    Outcome pending = tool.run("downgrade", "20260102_0900");
    assertThat(pending.code()).isEqualTo(4);
    assertThat(pending.err()).contains("20260102_0900 is not applied");
  }

  @Test
  void limitThatIsWrongIsNamed() {
    Outcome attempts = tool.run("upgrade", "head", "--attempts", "0");
    assertThat(attempts.code()).isEqualTo(64);
    assertThat(attempts.err()).contains("--attempts must be 1 or more, not 0");
    assertThat(tool.run("upgrade", "head", "--lock-timeout", "0").err())
        .contains("--lock-timeout must be longer than 0");
  }

  @Test
  void nameInCapitalsIsRefusedByLintAndByUpgrade() {
    tool.write("migration/V20260103_0900__three.SQL", "SELECT 1;");
    Outcome refused = tool.run("upgrade", "head");
    assertThat(refused.code()).isEqualTo(4);
    assertThat(refused.err()).contains("V20260103_0900__three.SQL").contains(".sql");
    assertThat(tool.run("lint").out()).contains("V20260103_0900__three.SQL");
  }

  @Test
  void versionIsPrinted() {
    assertThat(tool.run("-V").out()).contains("user-service");
    assertThat(tool.run("upgrade", "-V").out()).contains("user-service");
  }

  @Test
  void noRightToMakeAShadowIsSaidAsSuch() {
    tool.execute("CREATE ROLE shadowless LOGIN PASSWORD 'weak'");
    try {
      Outcome refused =
          tool.runAs(tool.database().withCredentials("shadowless", "weak"), "lint", "--measure");
      assertThat(refused.code()).isEqualTo(8);
      assertThat(refused.err()).contains("--shadow-url");
    } finally {
      tool.execute("DROP ROLE shadowless");
    }
  }

  @Test
  void historyNamesThePersonBesideTheRole() {
    tool.set("A2G_ACTOR", "kim");
    tool.run("upgrade", "head");
    tool.set("A2G_ACTOR", "lee");
    tool.run("downgrade", "-1");
    tool.run("release");
    tool.run("upgrade", "head");

    assertThat(tool.run("history", "--json").json().findValuesAsString("actor"))
        .containsExactly("tester", "kim", "lee");
    assertThat(tool.run("history", "-v").out()).contains("ACTOR").contains("kim");
    JsonNode two = tool.run("history", "--json").json().path(1);
    assertThat(two.path("undone_by").asString()).isEqualTo("lee");
    assertThat(Instant.parse(two.path("undone_on").asString()))
        .isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(60));
    assertThat(tool.run("history", "-v").out()).containsOnlyOnce("Z by lee");
    tool.execute("DELETE FROM users.migration_audit WHERE actor = 'kim'");
    assertThat(tool.run("history", "-v").out()).doesNotContain("kim");
  }
}
