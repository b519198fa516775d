package io.a2g.common.migrate.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SqlSplitterTests {

  @Test
  void semicolonsInQuotesAndCommentsEndNothing() {
    assertThat(
            shapes(
                """
                SELECT 'a;''b', "c;d", $$e;$$, $x$ f; $$ g $x$ -- h;
                /* i; /* nested; */ still */ FROM t;
                SELECT 2
                """))
        .containsExactly("select '' , \"c;d\" , $$ , $$ from t", "select 2");
  }

  @Test
  void backslashesCountOnlyInEscapeStrings() {
    assertThat(shapes("SELECT E'a\\';b'; SELECT 'a\\'; SELECT 3"))
        .containsExactly("select ''", "select ''", "select 3");
  }

  @Test
  void dollarSignsOfParametersAndNamesOpenNoQuote() {
    assertThat(shapes("SELECT $1, a$b$c; SELECT $1$; SELECT 2"))
        .containsExactly("select $ 1 , a$b$c", "select $ 1$", "select 2");
  }

  @Test
  void atomicBodiesAndRulesAreOneStatement() {
    assertThat(
            shapes(
                """
                CREATE FUNCTION f() RETURNS int BEGIN ATOMIC
                  SELECT CASE WHEN true THEN 1 END; SELECT 2; END;
                CREATE RULE r AS ON INSERT TO t DO (SELECT 1; SELECT 2);
                SELECT 3;
                """))
        .hasSize(3)
        .last()
        .isEqualTo("select 3");
  }

  @Test
  void plainQuotedNamesAndCaseMakeNoDifference() {
    assertThat(shapes("ALTER Table \"users\" . \"Odd Name\" add x numeric(12,6) default 0::int"))
        .containsExactly("alter table users.\"Odd Name\" add x numeric ( 12 , 6 ) default 0::int");
  }

  @Test
  void statementsKnowTheirLine() {
    assertThat(SqlSplitter.split("-- one\n\nSELECT 1;\n\n/* a\nb */ SELECT\n2;"))
        .extracting(SqlStatement::line)
        .containsExactly(3, 6);
  }

  @Test
  void unfinishedTextEndsWithTheFile() {
    for (String open : List.of("'a", "\"a", "$$a", "/* a", "E'a\\", "-- a", "(a;b", "$")) {
      assertThat(SqlSplitter.split("SELECT 1; " + open)).as(open).hasSizeBetween(1, 2);
    }
  }

  private static List<String> shapes(String sql) {
    return SqlSplitter.split(sql).stream().map(SqlStatement::shape).toList();
  }
}
