package io.a2g.agent.knowledge;

import io.a2g.common.testkit.database.MigratedDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** Looks for what pgvector adds to a database. */
final class IndexedColumn {

  private IndexedColumn() {}

  /** The definition of the column's index; empty without one. */
  static String index(MigratedDatabase database) throws SQLException {
    return text(
        database,
        """
        SELECT coalesce(max(indexdef), '') FROM pg_indexes
        WHERE schemaname = 'agents' AND indexname = 'agent_embeddings_embedding_vector_idx'
        """);
  }

  /** The type of the column; empty without one. */
  static String type(MigratedDatabase database) throws SQLException {
    return text(
        database,
        """
        SELECT coalesce(max(format_type(atttypid, atttypmod)), '') FROM pg_attribute
        WHERE attrelid = 'agents.agent_embeddings'::regclass AND attname = 'embedding_vector'
        """);
  }

  private static String text(MigratedDatabase database, String sql) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        var row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }
}
