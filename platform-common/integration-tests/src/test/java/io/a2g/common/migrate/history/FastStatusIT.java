package io.a2g.common.migrate.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2g.common.migrate.Limits;
import io.a2g.common.migrate.MigrationFiles;
import io.a2g.common.migrate.Target;
import io.a2g.common.migrate.cli.ToolOnDatabase;
import io.a2g.common.topology.ServiceIdentity;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The plain case is answered as Flyway answers it; anything else is left to Flyway. */
class FastStatusIT {

  private static final String FIRST = "migration/V20260102_0900__one_table.sql";

  @TempDir private Path db;
  private ToolOnDatabase tool;
  private Target target;

  @BeforeEach
  void twoFiles() {
    tool = new ToolOnDatabase(db, "quick");
    target =
        new Target(
            ServiceIdentity.of("user-service"),
            tool.database(),
            MigrationFiles.in(db),
            Limits.DEFAULT);
    tool.migration(
        "20260102_0900", "one_table", "CREATE TABLE users.a (id int);", "DROP TABLE users.a;");
    tool.migration("20260103_0900", "two", "CREATE TABLE users.b (id int);", "DROP TABLE users.b;");
    tool.write("migration/V20260103_0900__two.sql.conf", "executeInTransaction=true");
  }

  @Test
  void plainCasesAreAnsweredAsFlywayDoes() {
    assertThat(quickPending()).contains(2);
    tool.run("upgrade", "+1");
    assertThat(quickPending()).contains(1);
    tool.run("upgrade", "head");
    assertThat(quickPending()).contains(0);
    tool.run("downgrade", "-1", "--allow-data-loss");
    assertThat(quickPending()).contains(1);
  }

  @Test
  void editedFileIsLeftToFlyway() {
    tool.run("upgrade", "head");
    tool.write(FIRST, "CREATE TABLE users.a (id bigint);");
    assertThat(FastStatus.at(target)).isEmpty();
  }

  @Test
  void missingFileIsLeftToFlyway() {
    tool.run("upgrade", "head");
    tool.delete(FIRST);
    assertThat(FastStatus.at(target)).isEmpty();
  }

  @Test
  void lateFileIsLeftToFlyway() {
    tool.run("upgrade", "head");
    tool.migration("20260101_0900", "late", "SELECT 1;", "SELECT 1;");
    assertThat(FastStatus.at(target)).isEmpty();
  }

  @Test
  void failedRowIsLeftToFlyway() {
    tool.migration(
        "20260104_0900", "bad", "CREATE INDEX CONCURRENTLY i ON users.nothing (id);", null);
    tool.run("upgrade", "head");
    assertThat(FastStatus.at(target)).isEmpty();
  }

  @Test
  void repeatableIsPendingUntilItsTextIsApplied() {
    tool.write("migration/R__view.sql", "CREATE OR REPLACE VIEW users.v AS SELECT 1 AS n;");
    assertThat(quickPending()).contains(3);
    tool.run("upgrade", "head");
    assertThat(quickPending()).contains(0);
    tool.write("migration/R__view.sql", "CREATE OR REPLACE VIEW users.v AS SELECT 2 AS n;");
    assertThat(quickPending()).contains(1);
    tool.run("upgrade", "head");
    tool.run("downgrade", "-1", "--force");
    assertThat(quickPending()).contains(2);
  }

  @Test
  void namesOfOtherKindsAreLeftToFlyway() {
    for (String name :
        new String[] {"B1__all.sql", "V20260104_0900_typo.sql", "beforeMigrate.sql"}) {
      tool.write("migration/" + name, "SELECT 1;");
      assertThat(FastStatus.at(target)).as(name).isEmpty();
      tool.delete("migration/" + name);
    }
    tool.write("migration/V20260103.0900__twice.sql", "SELECT 1;");
    assertThat(FastStatus.at(target)).isEmpty();
  }

  @Test
  void rolesMadeLaterGetTheirRightsAtTheNextStart() {
    tool.write(
        "migration/afterMigrate__grants.sql",
        """
        DO $$ BEGIN
          IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'quick_reader') THEN
            GRANT SELECT ON users.a TO quick_reader;
          END IF;
        END $$;
        """);
    tool.run("upgrade", "head");
    tool.execute("CREATE ROLE quick_reader");
    try {
      assertThat(tool.run("upgrade", "head").code()).isZero();
      assertThat(tool.query("SELECT has_table_privilege('quick_reader', 'users.a', 'SELECT')"))
          .isEqualTo("t");
    } finally {
      tool.execute("DROP OWNED BY quick_reader");
      tool.execute("DROP ROLE quick_reader");
    }
  }

  // Compared with what Flyway says at the same moment.
  private Optional<Integer> quickPending() {
    Optional<SchemaVersion> quick = FastStatus.at(target).map(FastStatus::toSchemaVersion);
    MigrationStatus flyway = MigrationStatus.read(target);
    quick.ifPresent(look -> {
      assertThat(look.version()).isEqualTo(flyway.current().map(Step::version).orElse(null));
      assertThat(look.description())
          .isEqualTo(flyway.current().map(Step::description).orElse(null));
      assertThat(look.pending()).isEqualTo(flyway.pending().size());
      assertThat(flyway.late()).isEmpty();
      assertThat(flyway.failed()).isEmpty();
    });
    return quick.map(SchemaVersion::pending);
  }
}
