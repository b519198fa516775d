package io.a2g.agent.knowledge;

import io.a2g.common.error.RetryLater;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The table of embeddings, as far as it is written and listed; {@link SimilaritySearch} searches
 * it.
 */
@Repository
class EmbeddingTable {

  // All embeddings travel as one flat array: arrays of arrays cannot be taken apart in SQL.
  private static final String INSERT =
      """
      INSERT INTO agents.agent_embeddings AS known (agent_id, content, chunk_hash, metadata, embedding)
      SELECT ?, c.content, decode(c.hash, 'hex'), c.metadata::jsonb,
             flat.vectors[(c.position - 1) * flat.dimension + 1 : c.position * flat.dimension]
      FROM unnest(?, ?, ?) WITH ORDINALITY AS c (content, hash, metadata, position),
           (SELECT ?::real[] AS vectors, ?::integer AS dimension) AS flat
      ORDER BY c.position
      ON CONFLICT (agent_id, chunk_hash) DO UPDATE
        SET embedding = excluded.embedding, metadata = excluded.metadata
        WHERE (known.embedding, known.metadata) IS DISTINCT FROM (excluded.embedding, excluded.metadata)
      RETURNING id, encode(chunk_hash, 'hex'), xmax = 0
      """;

  private static final String FIND =
      """
      SELECT id, encode(chunk_hash, 'hex') FROM agents.agent_embeddings
      WHERE agent_id = ? AND chunk_hash IN (SELECT decode(h, 'hex') FROM unnest(?) AS h)
      """;

  private final JdbcClient jdbc;

  EmbeddingTable(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Stores chunks. One whose content the agent has already gets the new embedding and metadata.
   *
   * @return for each chunk, in their order
   */
  List<AddedChunk> add(long agentId, List<Chunk> chunks) {
    // Of two chunks with one content the later counts, as if it came in a request of its own.
    Map<String, Chunk> last = new LinkedHashMap<>();
    chunks.forEach(chunk -> last.put(chunk.hash(), chunk));
    List<Chunk> distinct = List.copyOf(last.values());
    Set<String> created = new HashSet<>();
    Map<String, Long> ids = insert(agentId, distinct, created);
    if (ids.size() < distinct.size()) {
      ids.putAll(find(agentId, distinct));
    }
    return chunks.stream()
        .map(Chunk::hash)
        // The first of two chunks with one content was created, the second was there.
        .map(hash -> new AddedChunk(idOf(ids, hash), hash, created.remove(hash)))
        .toList();
  }

  private static long idOf(Map<String, Long> ids, String hash) {
    Long id = ids.get(hash);
    if (id == null) {
      // It existed at the INSERT and was deleted before the SELECT.
      throw new RetryLater("A chunk is being removed; nothing was stored.", Duration.ofSeconds(1));
    }
    return id;
  }

  // Without those that were there just so.
  private Map<String, Long> insert(long agentId, List<Chunk> chunks, Set<String> created) {
    int dimension = chunks.getFirst().embedding().dimension();
    float[] vectors = new float[chunks.size() * dimension];
    for (int i = 0; i < chunks.size(); i++) {
      chunks.get(i).embedding().copyTo(vectors, i * dimension);
    }
    Map<String, Long> ids = new HashMap<>();
    jdbc.sql(INSERT)
        .param(agentId)
        .param(chunks.stream().map(Chunk::content).toArray(String[]::new))
        .param(hashes(chunks))
        .param(chunks.stream().map(Chunk::metadata).toArray(String[]::new))
        .param(vectors)
        .param(dimension)
        .query(row -> {
          ids.put(row.getString(2), row.getLong(1));
          if (row.getBoolean(3)) {
            created.add(row.getString(2));
          }
        });
    return ids;
  }

  private Map<String, Long> find(long agentId, List<Chunk> chunks) {
    Map<String, Long> ids = new HashMap<>();
    jdbc.sql(FIND)
        .param(agentId)
        .param(hashes(chunks))
        .query(row -> {
          ids.put(row.getString(2), row.getLong(1));
        });
    return ids;
  }

  private static String[] hashes(List<Chunk> chunks) {
    return chunks.stream().map(Chunk::hash).toArray(String[]::new);
  }

  /** Newest first, below an id. */
  List<StoredChunk> list(long agentId, long before, int limit) {
    return jdbc.sql(
            """
            SELECT id, content, encode(chunk_hash, 'hex'), metadata, created_at
            FROM agents.agent_embeddings WHERE agent_id = ? AND id < ? ORDER BY id DESC LIMIT ?
            """)
        .params(agentId, before, limit)
        .query((row, number) ->
            new StoredChunk(
                row.getLong(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getObject(5, OffsetDateTime.class).toInstant()))
        .list();
  }

  /** False when the agent has no such chunk. */
  boolean remove(long agentId, long id) {
    return jdbc.sql("DELETE FROM agents.agent_embeddings WHERE agent_id = ? AND id = ?")
            .params(agentId, id)
            .update()
        == 1;
  }
}
