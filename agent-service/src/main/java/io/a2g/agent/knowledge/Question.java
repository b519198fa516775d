package io.a2g.agent.knowledge;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * What to look for.
 *
 * @param topK how many chunks to find at most, 1 to 100
 * @param metadata what the chunks' metadata must contain; null: anything
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Question(float[] embedding, int topK, @Nullable ObjectNode metadata) {}
