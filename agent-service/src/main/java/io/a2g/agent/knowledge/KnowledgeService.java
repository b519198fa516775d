package io.a2g.agent.knowledge;

import io.a2g.agent.registry.AgentAccess;
import io.a2g.common.error.ResourceNotFound;
import io.a2g.common.security.Caller;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What agents know. Managed by owner and administrators; searched by all who may use the agent. */
@Service
public class KnowledgeService {

  private final AgentAccess access;
  private final EmbeddingTable embeddings;
  private final SimilaritySearch similarity;
  private final EmbeddingLayouts layouts;

  KnowledgeService(
      AgentAccess access,
      EmbeddingTable embeddings,
      SimilaritySearch similarity,
      EmbeddingLayouts layouts) {
    this.access = access;
    this.embeddings = embeddings;
    this.similarity = similarity;
    this.layouts = layouts;
  }

  /**
   * Adds chunks, all or none. A chunk whose content is there already gets the new embedding and
   * metadata.
   *
   * @return for each chunk, in their order
   */
  @Transactional
  public List<AddedChunk> add(Caller caller, long agentId, List<NewChunk> chunks) {
    access.pinChangeable(caller, agentId);
    int dimension = layouts.current().dimension();
    List<Chunk> checked = new ArrayList<>(chunks.size());
    for (int i = 0; i < chunks.size(); i++) {
      checked.add(Chunk.of(chunks.get(i), i, dimension));
    }
    return embeddings.add(agentId, checked);
  }

  /** Chunks of an agent, newest first, below an id. */
  public List<StoredChunk> list(Caller caller, long agentId, long before, int limit) {
    access.requireChangeable(caller, agentId);
    return embeddings.list(agentId, before, limit);
  }

  /** Removes a chunk for good; it can be added again. */
  @Transactional
  public void remove(Caller caller, long agentId, long id) {
    access.pinChangeable(caller, agentId);
    if (!embeddings.remove(agentId, id)) {
      throw new ResourceNotFound("embedding", id);
    }
  }

  /** The chunks most similar to the query, best first; equally good ones in the order of ids. */
  public List<Match> search(Caller caller, long agentId, SearchQuery query) {
    access.requireUsable(caller, agentId);
    Embedding embedding =
        Embedding.of("embedding", query.embedding(), layouts.current().dimension());
    return similarity.search(agentId, embedding, query.limit(), query.metadata());
  }
}
