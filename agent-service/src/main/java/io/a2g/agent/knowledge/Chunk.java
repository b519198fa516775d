package io.a2g.agent.knowledge;

/** A checked piece of text, ready to be stored. */
record Chunk(String content, ChunkHash hash, Embedding embedding, Metadata metadata) {}
