package io.a2g.agent.knowledge;

import io.a2g.common.readiness.SchemaReady;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Asks the database once how it keeps embeddings: it, not the configuration, knows. */
@Component
class EmbeddingLayouts {

  private static final Logger log = LoggerFactory.getLogger(EmbeddingLayouts.class);

  private static final String QUERY =
      """
      SELECT agents.embedding_dimension(), quote_ident(n.nspname), e.extversion
      FROM (SELECT EXISTS (
              SELECT FROM pg_attribute
              WHERE attrelid = 'agents.agent_embeddings'::regclass
                AND attname = 'embedding_vector' AND NOT attisdropped) AS indexed) t
      LEFT JOIN pg_extension e ON e.extname = 'vector' AND t.indexed
      LEFT JOIN pg_namespace n ON n.oid = e.extnamespace
      """;

  private final JdbcClient jdbc;
  private final KnowledgeProperties properties;
  private volatile @Nullable EmbeddingLayout known;

  EmbeddingLayouts(JdbcClient jdbc, KnowledgeProperties properties) {
    this.jdbc = jdbc;
    this.properties = properties;
  }

  /** The present layout. */
  EmbeddingLayout current() {
    EmbeddingLayout layout = known;
    return layout == null ? read() : layout;
  }

  /** Looks again: a migration may have added the indexed column. */
  @EventListener(SchemaReady.class)
  void refresh() {
    EmbeddingLayout layout = read();
    log.info(
        "Embeddings have {} numbers; search {}",
        layout.dimension(),
        layout.pgvector() == null
            ? "scans, because the database has no pgvector"
            : "uses pgvector " + layout.pgvector().version());
    if (layout.dimension() != properties.embeddingDimension()) {
      log.warn(
          "EMBEDDING_DIMENSION is {}, but the database was made for {}, which counts",
          properties.embeddingDimension(),
          layout.dimension());
    }
  }

  /** The table was changed from outside; the next use looks again. */
  void forget() {
    known = null;
  }

  private EmbeddingLayout read() {
    EmbeddingLayout layout =
        jdbc.sql(QUERY)
            .query((row, number) -> {
              String schema = row.getString(2);
              return new EmbeddingLayout(
                  row.getInt(1),
                  schema == null
                      ? null
                      : new EmbeddingLayout.Pgvector(
                          schema, Objects.requireNonNull(row.getString(3))));
            })
            .single();
    known = layout;
    return layout;
  }
}
