package io.a2g.common.migrate.orphan;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A wrong reference that a scan has seen.
 *
 * @param reference such as {@code agents.owner_id}
 * @param rowId the row that refers; null when the whole column is wrong
 * @param targetId what the column holds, 200 characters at most; null when the whole column is
 *     wrong
 * @param confirmedAt when a later pass saw it again; null while it is only suspected
 * @param resolvedAt null while it is open
 * @param resolution gone, soft_deleted or set_null; null while it is open
 */
@Schema(name = "OrphanResponse")
public record OrphanFinding(
    long id,
    @Schema(example = "agents.owner_id") String reference,
    @Nullable Long rowId,
    @Nullable String targetId,
    OrphanKind kind,
    Instant firstSeenAt,
    @Nullable Instant confirmedAt,
    @Nullable Instant resolvedAt,
    @Schema(allowableValues = {"gone", "soft_deleted", "set_null"}) @Nullable String resolution) {}
