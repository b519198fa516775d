package io.a2g.agent.knowledge;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2g.common.testkit.database.TestDatabase;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/** On the server of this run, which has pgvector wherever CI is set. */
class SearchIT extends SearchContract {

  @Override
  TestDatabase server() {
    return TestDatabase.get();
  }

  @Test
  void columnAndIndexAreThereWhereTheServerHasPgvector() throws SQLException {
    boolean pgvector = TestDatabase.get().hasPgvector();

    assertThat(IndexedColumn.type(database())).isEqualTo(pgvector ? "vector(384)" : "");
    assertThat(IndexedColumn.index(database()))
        .contains(pgvector ? "USING hnsw (embedding_vector vector_cosine_ops)" : "");
  }
}
