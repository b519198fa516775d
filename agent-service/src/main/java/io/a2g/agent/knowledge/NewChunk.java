package io.a2g.agent.knowledge;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A piece of text to add to what an agent knows.
 *
 * @param embedding as a model made it; its dimension is the installation's
 * @param metadata to filter by; null: none
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record NewChunk(String content, float[] embedding, @Nullable ObjectNode metadata) {}
