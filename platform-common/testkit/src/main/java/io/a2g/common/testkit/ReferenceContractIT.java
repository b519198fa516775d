package io.a2g.common.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2g.common.reference.DeclaredReferences;
import io.a2g.common.topology.Reference;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * What every declared reference must have: the same declaration in the schema, a column and an
 * index that fit, and an owner that asks this schema before a deletion.
 */
public abstract class ReferenceContractIT extends PlatformIT {

  @Autowired private DeclaredReferences declared;

  @Test
  void codeAndSchemaDeclareTheSame() {
    declared.requireSameInSchema();
    assertThat(declared.all()).isNotEmpty();
  }

  @Test
  void columnIsABigintAsNullableAsDeclared() throws SQLException {
    for (Reference reference : declared.all()) {
      assertThat(
              text(
                  """
                  SELECT data_type || ' ' || is_nullable FROM information_schema.columns
                  WHERE table_schema = '%s' AND table_name = '%s' AND column_name = '%s'
                  """,
                  schema(), reference.table(), reference.column()))
          .as(reference.name())
          .isEqualTo("bigint " + (reference.nullable() ? "YES" : "NO"));
    }
  }

  @Test
  void indexBeginsWithTheColumn() throws SQLException {
    for (Reference reference : declared.all()) {
      assertThat(
              text(
                  """
                  SELECT count(*) FROM pg_index i JOIN pg_attribute a
                    ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0]
                  WHERE i.indrelid = '%s.%s'::regclass AND a.attname = '%s' AND i.indisvalid
                  """,
                  schema(), reference.table(), reference.column()))
          .as(reference.name())
          .isNotEqualTo("0");
    }
  }

  @Test
  void ownerOfTheTargetAsksThisSchema() {
    assertThat(declared.all())
        .allSatisfy(
            reference -> assertThat(reference.target().holders()).contains(declared.schema()));
  }

  private String schema() {
    return declared.schema().schemaName();
  }

  private String text(String sql, String... names) throws SQLException {
    try (Connection connection = database().connect();
        var statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql.formatted((Object[]) names))) {
      return row.next() ? row.getString(1) : "";
    }
  }
}
