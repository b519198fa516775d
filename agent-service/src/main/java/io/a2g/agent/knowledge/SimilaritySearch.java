package io.a2g.agent.knowledge;

import io.a2g.common.error.RetryLater;
import io.a2g.common.json.BoundedJson;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Finds an agent's chunks by cosine similarity: through pgvector's index where the database has it,
 * else by scoring all of the agent's chunks. The score is computed by the same expression in double
 * precision either way, so that both find the same.
 */
@Repository
class SimilaritySearch {

  // What pgvector finds is scored again: its distances are single precision. Twice as many rows as
  // asked for leave room where the two orders differ.
  private static final int CANDIDATES_PER_MATCH = 2;

  // Nodes the index scan keeps at hand: as many as candidates are ever asked for.
  private static final String EF_SEARCH = "200";

  private static final String SCORE =
      """
      (SELECT sum(n.a * n.b) FROM (SELECT unnest(e.embedding) AS a, unnest(?) AS b) AS n)
        / (e.embedding_norm * ?)
      """;

  private static final String BEST =
      """
      SELECT e.id, e.content, e.metadata, %s AS score FROM %s AS e WHERE %s
      ORDER BY score DESC, e.id LIMIT ?
      """;

  private final JdbcClient jdbc;
  private final EmbeddingLayouts layouts;
  private final TransactionTemplate transaction;

  SimilaritySearch(JdbcClient jdbc, EmbeddingLayouts layouts, TransactionTemplate transaction) {
    this.jdbc = jdbc;
    this.layouts = layouts;
    this.transaction = transaction;
  }

  /**
   * The best matches, best first; equally good ones in the order of their ids.
   *
   * @param contained what their metadata must contain
   */
  List<Match> search(long agentId, Embedding embedding, int topK, BoundedJson contained) {
    var search = new Search(agentId, embedding, topK, contained);
    var pgvector = layouts.current().pgvector();
    if (pgvector == null) {
      return scan(search);
    }
    List<Match> found =
        Objects.requireNonNull(transaction.execute(status -> useIndex(search, pgvector)));
    // The index knows all agents' chunks. Where few of them pass the filter, its scan can end
    // before enough were found; then it is also cheap to score those few.
    return found.size() < topK ? scan(search) : found;
  }

  private record Search(long agentId, Embedding embedding, int topK, BoundedJson contained) {

    String condition() {
      return contained.equals(BoundedJson.EMPTY)
          ? "e.agent_id = ?"
          : "e.agent_id = ? AND e.metadata @> ?::jsonb";
    }

    List<Object> conditionParameters() {
      return contained.equals(BoundedJson.EMPTY)
          ? List.of(agentId)
          : List.of(agentId, contained.text());
    }
  }

  private List<Match> scan(Search search) {
    String sql = BEST.formatted(SCORE, "agents.agent_embeddings", search.condition());
    List<Object> parameters = scoreParameters(search);
    parameters.addAll(search.conditionParameters());
    parameters.add(search.topK());
    return jdbc.sql(sql).params(parameters).query(SimilaritySearch::match).list();
  }

  private List<Match> useIndex(Search search, EmbeddingLayout.Pgvector pgvector) {
    String nearest =
        """
        (SELECT id, content, metadata, embedding, embedding_norm FROM agents.agent_embeddings e
         WHERE %1$s ORDER BY e.embedding_vector OPERATOR(%2$s.<=>) ?::%2$s.vector LIMIT ?)
        """
            .formatted(search.condition(), pgvector.schema());
    List<Object> parameters = scoreParameters(search);
    parameters.addAll(search.conditionParameters());
    parameters.add(search.embedding().toVectorText());
    parameters.add(search.topK() * CANDIDATES_PER_MATCH);
    parameters.add(search.topK());
    prepareScan(pgvector);
    try {
      return jdbc.sql(BEST.formatted(SCORE, nearest, "true"))
          .params(parameters)
          .query(SimilaritySearch::match)
          .list();
    } catch (BadSqlGrammarException e) {
      // The extension was dropped meanwhile.
      layouts.forget();
      throw new RetryLater("The search index has changed.", Duration.ofSeconds(1));
    }
  }

  // For this transaction only. A plan for any agent would suit neither large nor small ones.
  private void prepareScan(EmbeddingLayout.Pgvector pgvector) {
    String iterative =
        pgvector.scansIteratively()
            ? ", set_config('hnsw.iterative_scan', 'strict_order', true)"
            : "";
    jdbc.sql(
            "SELECT set_config('hnsw.ef_search', ?, true),"
                + " set_config('plan_cache_mode', 'force_custom_plan', true)"
                + iterative)
        .param(EF_SEARCH)
        .query((row, number) -> true)
        .single();
  }

  private static List<Object> scoreParameters(Search search) {
    List<Object> parameters = new ArrayList<>();
    parameters.add(search.embedding().toDoubles());
    parameters.add(search.embedding().norm());
    return parameters;
  }

  private static Match match(ResultSet row, int number) throws SQLException {
    // Rounding can carry the score of equal directions a little beyond 1.
    double score = Math.clamp(row.getDouble(4), -1.0, 1.0);
    return new Match(row.getLong(1), row.getString(2), row.getString(3), score);
  }
}
