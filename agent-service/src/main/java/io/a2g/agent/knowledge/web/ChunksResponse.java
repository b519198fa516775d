package io.a2g.agent.knowledge.web;

import io.a2g.agent.knowledge.AddedChunk;
import java.util.List;

/** What became of chunks that were added, in their order. */
record ChunksResponse(List<AddedItem> items) {

  /**
   * One of them.
   *
   * @param chunkHash SHA-256 of the content, 64 hex digits
   * @param created false when the agent knew this content already
   */
  record AddedItem(long id, String chunkHash, boolean created) {}

  static ChunksResponse of(List<AddedChunk> chunks) {
    return new ChunksResponse(
        chunks.stream()
            .map(chunk -> new AddedItem(chunk.id(), chunk.chunkHash(), chunk.created()))
            .toList());
  }

  boolean anyCreated() {
    return items.stream().anyMatch(AddedItem::created);
  }
}
