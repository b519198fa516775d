package io.a2g.agent.knowledge;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2g.common.testkit.database.TestDatabase;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/** On the embedded server, which never has pgvector. */
class SearchWithoutPgvectorIT extends SearchContract {

  @Override
  TestDatabase server() {
    return TestDatabase.embedded();
  }

  @Test
  void thereIsNoColumn() throws SQLException {
    assertThat(IndexedColumn.type(database())).isEmpty();
  }
}
