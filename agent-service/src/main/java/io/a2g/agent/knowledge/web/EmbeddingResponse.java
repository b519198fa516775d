package io.a2g.agent.knowledge.web;

import io.a2g.agent.knowledge.KnownChunk;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import tools.jackson.databind.node.ObjectNode;

/**
 * A chunk an agent knows; its embedding is not sent back.
 *
 * @param chunkHash SHA-256 of the content, 64 hex digits
 */
record EmbeddingResponse(
    long id,
    String content,
    String chunkHash,
    @Schema(implementation = Object.class, types = "object") ObjectNode metadata,
    Instant createdAt) {

  static EmbeddingResponse of(KnownChunk chunk) {
    return new EmbeddingResponse(
        chunk.id(), chunk.content(), chunk.chunkHash(), chunk.metadata(), chunk.createdAt());
  }
}
