package io.a2g.agent.knowledge;

import tools.jackson.databind.node.ObjectNode;

/**
 * A chunk that was found.
 *
 * @param score cosine similarity, -1 to 1
 */
public record Match(long id, String content, ObjectNode metadata, double score) {}
