package io.a2g.agent.knowledge;

import io.a2g.common.json.BoundedJson;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import org.jspecify.annotations.Nullable;

/**
 * A search for similar chunks.
 *
 * @param topK how many chunks to find at most; 10 when absent
 * @param metadata what the chunks' metadata must contain; absent: anything
 */
@Schema(name = "SearchRequest")
@SuppressWarnings("ArrayRecordComponent") // never compared
public record SearchQuery(
    @NotNull float[] embedding,
    @Min(1) @Max(100) @Nullable Integer topK,
    @BoundedJson.Size(max = 16_384) BoundedJson metadata) {

  private static final int DEFAULT_TOP_K = 10;

  int limit() {
    return topK == null ? DEFAULT_TOP_K : topK;
  }
}
