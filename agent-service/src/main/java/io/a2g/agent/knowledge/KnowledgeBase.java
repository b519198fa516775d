package io.a2g.agent.knowledge;

import io.a2g.agent.registry.AgentAccess;
import io.a2g.common.error.ResourceNotFound;
import io.a2g.common.security.Caller;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What agents know. Owners and administrators manage it; whoever may use the agent searches it. */
@Service
public class KnowledgeBase {

  private final AgentAccess access;
  private final Embeddings embeddings;
  private final Similarity similarity;
  private final EmbeddingLayouts layouts;

  KnowledgeBase(
      AgentAccess access, Embeddings embeddings, Similarity similarity, EmbeddingLayouts layouts) {
    this.access = access;
    this.embeddings = embeddings;
    this.similarity = similarity;
    this.layouts = layouts;
  }

  /**
   * Adds chunks, all or none. A chunk whose content is there already stays as it is.
   *
   * @return for each chunk, in their order
   */
  @Transactional
  public List<AddedChunk> add(Caller caller, long agentId, List<NewChunk> chunks) {
    access.pinChangeable(caller, agentId);
    int dimension = layouts.current().dimension();
    List<Chunk> checked = new ArrayList<>(chunks.size());
    for (int i = 0; i < chunks.size(); i++) {
      checked.add(check("chunks[" + i + "]", chunks.get(i), dimension));
    }
    return embeddings.add(agentId, checked);
  }

  private static Chunk check(String field, NewChunk chunk, int dimension) {
    return new Chunk(
        chunk.content(),
        ChunkHash.of(chunk.content()),
        Embedding.of(field + ".embedding", chunk.embedding(), dimension),
        Metadata.of(field + ".metadata", chunk.metadata()));
  }

  /** Chunks of an agent, newest first, below an id. */
  public List<KnownChunk> list(Caller caller, long agentId, long before, int limit) {
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

  /** The chunks most similar to a question, best first; equally good ones in the order of ids. */
  public List<Match> search(Caller caller, long agentId, Question question) {
    access.requireUsable(caller, agentId);
    Embedding embedding =
        Embedding.of("embedding", question.embedding(), layouts.current().dimension());
    Metadata contained = Metadata.of("metadata", question.metadata());
    return similarity.search(agentId, embedding, question.topK(), contained);
  }
}
