package io.a2g.agent.knowledge;

import io.a2g.common.json.BoundedJson;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

/**
 * A piece of text to add to what an agent knows, with its embedding.
 *
 * @param embedding as many numbers as the installation's models make
 * @param metadata anything to filter by, 16 KB at most; absent: nothing
 */
@Schema(name = "ChunkRequest")
@SuppressWarnings("ArrayRecordComponent") // never compared
public record NewChunk(
    @NotBlank @Size(max = 20_000) String content,
    @NotNull float[] embedding,
    @BoundedJson.Size(max = 16_384) BoundedJson metadata) {}
