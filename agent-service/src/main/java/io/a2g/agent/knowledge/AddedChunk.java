package io.a2g.agent.knowledge;

import io.swagger.v3.oas.annotations.media.Schema;

/**
 * Where a chunk is stored.
 *
 * @param chunkHash SHA-256 of the content, 64 hex digits
 * @param created false when the agent had a chunk of this content already, whose embedding and
 *     metadata are those of the request now
 */
@Schema(name = "AddedItem")
public record AddedChunk(long id, String chunkHash, boolean created) {}
