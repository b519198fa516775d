package io.a2g.agent.knowledge.web;

import io.a2g.agent.knowledge.NewChunk;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A piece of text with its embedding.
 *
 * @param embedding as many numbers as the installation's models make
 * @param metadata anything to filter by, 16 KB at most; absent: nothing
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record ChunkRequest(
    @NotBlank @Size(max = 20_000) String content,
    @NotNull float[] embedding,
    @Schema(implementation = Object.class, types = "object") @Nullable ObjectNode metadata) {

  NewChunk chunk() {
    return new NewChunk(content, embedding, metadata);
  }
}
