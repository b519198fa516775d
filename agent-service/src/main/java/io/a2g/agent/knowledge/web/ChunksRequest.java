package io.a2g.agent.knowledge.web;

import io.a2g.agent.knowledge.NewChunk;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;

/** Chunks to add, all or none. */
record ChunksRequest(@NotNull @Size(min = 1, max = 100) List<@NotNull @Valid ChunkRequest> chunks) {

  List<NewChunk> newChunks() {
    return chunks.stream().map(ChunkRequest::chunk).toList();
  }
}
