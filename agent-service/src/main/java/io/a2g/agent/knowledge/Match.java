package io.a2g.agent.knowledge;

import com.fasterxml.jackson.annotation.JsonRawValue;
import io.swagger.v3.oas.annotations.media.Schema;

/**
 * A chunk that was found.
 *
 * @param metadata JSON as the database keeps it
 * @param score cosine similarity, -1 to 1
 */
@Schema(name = "MatchItem")
public record Match(
    long id,
    String content,
    @Schema(implementation = Object.class, types = "object") @JsonRawValue String metadata,
    double score) {}
