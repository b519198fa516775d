package io.a2g.common.security;

/**
 * A POST that changes nothing, such as a question too long for a URL: the scope to read is enough
 * for it. Declare as a bean.
 *
 * @param path pattern of the whole path, such as {@code /api/v1/agents/{id}/embeddings/search}
 */
public record ReadingPost(String path) {}
