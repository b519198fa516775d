package io.a2g.agent.knowledge.web;

import io.a2g.agent.knowledge.Question;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A search.
 *
 * @param topK how many chunks to find at most; 10 when absent
 * @param metadata what the chunks' metadata must contain; absent: anything
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record SearchRequest(
    @NotNull float[] embedding,
    @Min(1) @Max(100) @Nullable Integer topK,
    @Schema(implementation = Object.class, types = "object") @Nullable ObjectNode metadata) {

  private static final int DEFAULT_TOP_K = 10;

  Question question() {
    return new Question(embedding, topK == null ? DEFAULT_TOP_K : topK, metadata);
  }
}
