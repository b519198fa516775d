package io.a2g.common.migrate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2g.common.database.DatabaseUrl;
import io.a2g.common.migrate.cli.ToolOnDatabase.Outcome;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run of many files keeps no fingerprints: an undo compares all the same, or says that not. */
class UndoAfterBulkRunIT {

  private static final int FILES = 12;

  private ToolOnDatabase tool;

  @BeforeEach
  void manyFilesAtOnce(@TempDir Path folder) {
    tool = new ToolOnDatabase(folder, "bulk");
    for (int i = 1; i <= FILES; i++) {
      tool.migration(
          "202601%02d_0900".formatted(i),
          "table_" + i,
          "CREATE TABLE users.t%d (id bigint);".formatted(i),
          "DROP TABLE users.t%d;".formatted(i));
    }
    assertThat(tool.run("upgrade", "head").code()).isZero();
    assertThat(
            tool.query(
                "SELECT count(*) FROM users.migration_audit WHERE action = 'APPLIED' AND fingerprint_before IS NULL"))
        .isEqualTo("" + (FILES - 1));
  }

  @Test
  void everyUndoAfterItIsCompared() {
    assertThat(tool.run("downgrade", "-1").code()).isZero();
    assertThat(tool.run("downgrade", "-3").code()).isZero();

    tool.execute("ALTER TABLE users.t8 ADD COLUMN by_hand text");
    Outcome refused = tool.run("downgrade", "-1");
    assertThat(refused.err()).contains("changed by hand since 20260108.0900");
    assertThat(refused.code()).isEqualTo(4);
    tool.execute("ALTER TABLE users.t8 DROP COLUMN by_hand");

    tool.write("undo/U20260108_0900__table_8.sql", "ALTER TABLE users.t8 RENAME TO t0;");
    Outcome different = tool.run("downgrade", "-1", "--accept-changed-undo");
    assertThat(different.err()).contains("does not bring the schema back");
    assertThat(different.code()).isEqualTo(4);
    tool.write("undo/U20260108_0900__table_8.sql", "DROP TABLE users.t8;");

    assertThat(tool.run("downgrade", "base").code()).isZero();
    assertThat(tool.query("SELECT count(*) FROM pg_database WHERE datname ~ '^a2g_shadow_users'"))
        .isEqualTo("0");
  }

  @Test
  void withoutTheRightToCompareItIsRefusedUnlessDifferencesAreAllowed() {
    DatabaseUrl weak = tool.database().withCredentials("bulk_migrator", "weak");
    tool.execute("DROP ROLE IF EXISTS bulk_migrator");
    tool.execute("CREATE ROLE bulk_migrator LOGIN PASSWORD 'weak'");
    try {
      tool.execute(
          """
          DO $$ DECLARE t record; BEGIN
            ALTER SCHEMA users OWNER TO bulk_migrator;
            FOR t IN SELECT oid::regclass AS name FROM pg_class
              WHERE relnamespace = 'users'::regnamespace AND relkind = 'r'
            LOOP EXECUTE format('ALTER TABLE %s OWNER TO bulk_migrator', t.name); END LOOP;
          END $$
          """);
      assertThat(tool.runAs(weak, "downgrade", "-1").code()).isZero();
      Outcome refused = tool.runAs(weak, "downgrade", "-1");
      assertThat(refused.err())
          .contains("no fingerprint recorded")
          .contains("--shadow-url")
          .contains("--allow-difference");
      assertThat(refused.code()).isEqualTo(4);

      String server = tool.database().uri();
      assertThat(tool.runAs(weak, "downgrade", "-1", "--shadow-url", server).code()).isZero();
      assertThat(tool.runAs(weak, "downgrade", "-1", "--allow-difference").code()).isZero();
    } finally {
      tool.execute("REASSIGN OWNED BY bulk_migrator TO CURRENT_USER");
      tool.execute("DROP ROLE bulk_migrator");
    }
  }
}
