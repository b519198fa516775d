package io.a2g.agent.knowledge;

import com.fasterxml.jackson.annotation.JsonRawValue;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;

/**
 * A chunk an agent knows; its embedding is not sent back.
 *
 * @param chunkHash SHA-256 of the content, 64 hex digits
 * @param metadata JSON as the database keeps it
 */
@Schema(name = "EmbeddingResponse")
public record StoredChunk(
    long id,
    String content,
    String chunkHash,
    @Schema(implementation = Object.class, types = "object") @JsonRawValue String metadata,
    Instant createdAt) {}
