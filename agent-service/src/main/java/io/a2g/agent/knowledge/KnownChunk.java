package io.a2g.agent.knowledge;

import java.time.Instant;
import tools.jackson.databind.node.ObjectNode;

/**
 * A stored chunk, without its embedding.
 *
 * @param chunkHash SHA-256 of the content, 64 hex digits
 */
public record KnownChunk(
    long id, String content, String chunkHash, ObjectNode metadata, Instant createdAt) {}
