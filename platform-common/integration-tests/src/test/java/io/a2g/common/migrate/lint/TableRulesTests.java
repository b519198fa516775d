package io.a2g.common.migrate.lint;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TableRulesTests {

  @TempDir private Path db;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          index-locks-writes     | CREATE INDEX i ON users.t (a)
          index-locks-writes     | CREATE UNIQUE INDEX ON t USING btree (a)
          drop-index-locks       | DROP INDEX IF EXISTS users.i
          concurrently-if-not-exists | CREATE INDEX CONCURRENTLY IF NOT EXISTS i ON t (a)
          column-rewrites-table  | ALTER TABLE t ADD COLUMN a uuid NOT NULL DEFAULT gen_random_uuid()
          column-rewrites-table  | ALTER TABLE t ADD a timestamptz DEFAULT clock_timestamp()
          column-rewrites-table  | ALTER TABLE t ADD COLUMN a bigint GENERATED ALWAYS AS IDENTITY
          column-rewrites-table  | ALTER TABLE t ADD COLUMN a int GENERATED ALWAYS AS (b + 1) STORED
          column-not-null        | ALTER TABLE IF EXISTS ONLY t ADD COLUMN a text NOT NULL
          column-not-null        | ALTER TABLE t ADD COLUMN ok int, ADD COLUMN a text NOT NULL
          set-not-null           | ALTER TABLE t ALTER COLUMN a SET NOT NULL
          set-not-null           | ALTER TABLE t ALTER a SET NOT NULL
          column-type            | ALTER TABLE t ALTER COLUMN a TYPE bigint
          column-type            | ALTER TABLE t ALTER a SET DATA TYPE bigint USING a::bigint
          validating-foreign-key | ALTER TABLE t ADD CONSTRAINT f FOREIGN KEY (a) REFERENCES users.o (id)
          validating-foreign-key | ALTER TABLE t ADD FOREIGN KEY (a) REFERENCES users.o
          validating-check       | ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0)
          validating-check       | ALTER TABLE t ADD CHECK (a > 0)
          validating-check       | ALTER TABLE t ADD COLUMN a int CHECK (a > 0)
          unique-builds-index    | ALTER TABLE t ADD CONSTRAINT u UNIQUE (a)
          unique-builds-index    | ALTER TABLE t ADD PRIMARY KEY (a)
          unique-builds-index    | ALTER TABLE t ADD COLUMN a int UNIQUE
          unique-builds-index    | ALTER TABLE t ADD CONSTRAINT e EXCLUDE USING gist (a WITH &&)
          needs-contract         | ALTER TABLE t DROP COLUMN a
          needs-contract         | ALTER TABLE t DROP IF EXISTS a CASCADE
          needs-contract         | ALTER TABLE t RENAME a TO b
          needs-contract         | ALTER TABLE t RENAME TO o
          needs-contract         | DROP TABLE IF EXISTS t
          needs-contract         | DROP FUNCTION users.f(bigint)
          needs-contract         | ALTER FUNCTION users.f(bigint) RENAME TO g
          whole-table            | UPDATE t SET a = 1
          whole-table            | UPDATE users.t SET a = (SELECT b FROM users.o WHERE o.id = t.id)
          whole-table            | DELETE FROM ONLY t
          whole-table            | DELETE FROM t WHERE true
          whole-table            | WITH o AS (SELECT 1 WHERE true) UPDATE t SET a = 1 FROM o
          truncate               | TRUNCATE TABLE t
          lock-table             | LOCK TABLE t IN SHARE MODE
          table-rewrite          | ALTER TABLE t SET UNLOGGED
          table-rewrite          | CLUSTER t USING i
          table-rewrite          | VACUUM (FULL, ANALYZE) t
          table-rewrite          | REINDEX TABLE t
          detach-partition       | ALTER TABLE t DETACH PARTITION users.p
          type                   | CREATE TABLE users.n (a varchar(20) NOT NULL)
          type                   | CREATE TABLE users.n (id bigserial, b text)
          type                   | CREATE TABLE users.n (a timestamp DEFAULT now())
          type                   | CREATE TABLE users.n (a timestamp(3) without time zone)
          type                   | CREATE TABLE users.n (id int, CHECK (id > 0), a json[])
          type                   | ALTER TABLE t ADD COLUMN a json
          """)
  void statementOnAnExistingTableIsFound(String rule, String sql) {
    var files = new LintedFiles(db).migration(1, sql + ";");

    assertThat(files.rules()).contains(rule);
    assertThat(files.findings()).allSatisfy(f -> assertThat(f.recipe()).isNotBlank());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE INDEX CONCURRENTLY i ON users.t (a)",
        "CREATE INDEX i ON ONLY users.t (a)",
        "DROP INDEX CONCURRENTLY users.i",
        "ALTER TABLE t ADD COLUMN a text",
        "ALTER TABLE t ADD COLUMN a numeric(10,2) NOT NULL DEFAULT 0::numeric(10,2)",
        "ALTER TABLE t ADD COLUMN a timestamptz NOT NULL DEFAULT now()",
        "ALTER TABLE t ADD COLUMN a bigint REFERENCES users.o (id)",
        "ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0) NOT VALID",
        "ALTER TABLE t VALIDATE CONSTRAINT c",
        "ALTER TABLE t ADD CONSTRAINT f FOREIGN KEY (a) REFERENCES o (id) NOT VALID",
        "ALTER TABLE t ADD CONSTRAINT u UNIQUE USING INDEX i",
        "ALTER TABLE t ADD PRIMARY KEY USING INDEX i",
        "ALTER TABLE t RENAME CONSTRAINT a TO b",
        "ALTER TABLE t DROP CONSTRAINT a",
        "ALTER TABLE t ALTER COLUMN a SET DEFAULT gen_random_uuid()",
        "ALTER TABLE t ALTER COLUMN a DROP NOT NULL",
        "UPDATE t SET a = 1 WHERE id = 7",
        "INSERT INTO t VALUES (1) ON CONFLICT (a) DO UPDATE SET a = 2",
        "SELECT a FROM t FOR UPDATE",
        "CREATE TABLE users.n (a timestamptz(3), b timestamp with time zone, c jsonb, \"json\" text)",
        "CREATE TRIGGER g BEFORE UPDATE ON users.t FOR EACH ROW EXECUTE FUNCTION users.f()",
        "DO $$ BEGIN UPDATE users.t SET a = 1; END $$",
      })
  void harmlessStatementIsPassedOver(String sql) {
    assertThat(new LintedFiles(db).migration(1, sql + ";").findings()).isEmpty();
  }

  @Test
  void whatTheFileMadeItselfMayBeChangedAtWill() {
    var files =
        new LintedFiles(db)
            .migration(
                1,
                """
                CREATE TABLE users.n (id bigint, a int);
                CREATE INDEX n_idx ON users.n (a);
                ALTER TABLE n ADD CONSTRAINT c CHECK (a > 0), ALTER COLUMN a SET NOT NULL, DROP COLUMN id;
                UPDATE users.n SET a = 1;
                DROP INDEX users.n_idx;
                DROP TABLE users.n;
                """);

    assertThat(files.findings()).isEmpty();
  }

  @Test
  void removalIsForContractFiles() {
    var files =
        new LintedFiles(db)
            .migration(1, "-- phase: contract\nALTER TABLE t DROP COLUMN a;\nDROP TABLE users.o;");

    assertThat(files.findings()).isEmpty();
  }

  @Test
  void notNullIsSetBehindAValidatedCheck() {
    var files =
        new LintedFiles(db)
            .migration(1, "ALTER TABLE t ADD CONSTRAINT c CHECK (a IS NOT NULL) NOT VALID;")
            .migration(
                2,
                """
                ALTER TABLE users.t VALIDATE CONSTRAINT c;
                ALTER TABLE users.t ALTER COLUMN a SET NOT NULL, DROP CONSTRAINT c;
                """)
            .migration(3, "ALTER TABLE t ALTER COLUMN a SET NOT NULL;");

    assertThat(files.findings())
        .singleElement()
        .satisfies(finding -> assertThat(finding.file()).startsWith("V20261201_0903"));
  }

  @Test
  void aCheckThatWasNeverValidatedProvesNothing() {
    var files =
        new LintedFiles(db)
            .migration(1, "ALTER TABLE t ADD CONSTRAINT c CHECK (a IS NOT NULL) NOT VALID;")
            .migration(2, "ALTER TABLE t ALTER COLUMN a SET NOT NULL;");

    assertThat(files.rules()).containsExactly("set-not-null");
  }

  @Test
  void validatingInTheFileThatAddedIsFound() {
    var files =
        new LintedFiles(db)
            .migration(
                1,
                "ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0) NOT VALID; ALTER TABLE t VALIDATE CONSTRAINT c;");

    assertThat(files.rules()).containsExactly("validate-apart");
  }
}
