package io.a2g.agent.knowledge;

import org.jspecify.annotations.Nullable;

/**
 * How this database keeps embeddings.
 *
 * @param dimension numbers in an embedding
 * @param pgvector null where there is no indexed column
 */
record EmbeddingLayout(int dimension, @Nullable Pgvector pgvector) {

  /**
   * The extension behind the indexed column.
   *
   * @param schema where its type and operators are, quoted for SQL
   * @param version e.g. 0.8.0
   */
  record Pgvector(String schema, String version) {

    /** Whether an index scan goes on until the filter let enough rows pass (since 0.8). */
    boolean scansIteratively() {
      String[] parts = version.split("\\.", -1);
      return Integer.parseInt(parts[0]) > 0 || Integer.parseInt(parts[1]) >= 8;
    }
  }
}
