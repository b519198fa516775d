package io.a2g.common.reference;

import java.util.List;

/**
 * Rows that refer to one target and so forbid that it goes.
 *
 * @param service whose rows they are, such as {@code agent-service}
 * @param reference the column, such as {@code agents.owner_id}
 * @param targetId the id of the target
 * @param count how many rows
 * @param firstIds the lowest ids of the rows, at most five
 */
public record Referrer(
    String service, String reference, long targetId, long count, List<Long> firstIds) {}
