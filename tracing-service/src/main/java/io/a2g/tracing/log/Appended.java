package io.a2g.tracing.log;

import io.swagger.v3.oas.annotations.media.Schema;

/**
 * What a batch became, in its order.
 *
 * @param count entries stored
 * @param firstId the least of their ids
 * @param lastId the greatest of their ids
 */
@Schema(name = "AppendedResponse")
public record Appended(int count, long firstId, long lastId) {}
