package io.a2g.common.migrate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2g.common.migrate.backup.ClientPrograms;
import io.a2g.common.migrate.cli.ToolOnDatabase.Outcome;
import io.a2g.common.testkit.database.TestDatabase;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupBeforeChangeIT {

  @TempDir private Path backups;

  private ToolOnDatabase tool;

  @BeforeEach
  void oneMigration(@TempDir Path folder) throws SQLException {
    ClientPrograms.require(TestDatabase.get());
    tool = new ToolOnDatabase(folder, "backed_up");
    tool.set("A2G_BACKUP_DIR", backups.toString());
    tool.migration(
        "20260102_0900",
        "people",
        "CREATE TABLE users.people (id bigint);",
        "DROP TABLE users.people;");
  }

  @Test
  void upgradeBacksUpBeforeItChangesAnything() {
    Outcome outcome = tool.run("upgrade", "head", "--backup");

    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertThat(outcome.out()).contains("backup " + backups, "proven", "1 applied");
    assertThat(backups).isDirectoryContaining(file -> file.toString().endsWith(".dump"));
    assertThat(backups.toFile().list()).hasSize(2);

    assertThat(tool.run("upgrade", "head", "--backup").out()).doesNotContain("backup ");
  }

  @Test
  void upgradeWithoutItsBackupChangesNothing() {
    tool.set("PG_BIN", backups.toString());

    Outcome outcome = tool.run("upgrade", "head", "--backup");

    assertThat(outcome.code()).isEqualTo(4);
    assertThat(outcome.err()).contains("pg_dump").contains("PG_BIN");
    assertThat(tool.query("SELECT to_regclass('users.people')")).isNull();
  }

  @Test
  void productionGivesUpRowsOnlyWithAFreshBackup() {
    tool.run("upgrade", "head");
    tool.execute("INSERT INTO users.people VALUES (1)");
    tool.set("A2G_ENVIRONMENT", "production");
    String[] undo = {
      "downgrade",
      "-1",
      "--reason",
      "bug",
      "--allow-data-loss",
      "--confirm",
      "users@" + tool.database().display()
    };

    Outcome refused = tool.run(undo);
    assertThat(refused.code()).isEqualTo(4);
    assertThat(refused.err()).contains("needs a backup of the last 60 minutes");
    assertThat(tool.query("SELECT count(*) FROM users.people")).isEqualTo("1");

    assertThat(tool.run("backup").code()).isZero();
    assertThat(tool.run(undo).code()).isZero();
    assertThat(tool.query("SELECT to_regclass('users.people')")).isNull();
  }
}
