package io.a2g.common.orphan.web;

import io.a2g.common.orphan.OrphanFinding;
import io.a2g.common.orphan.OrphanKind;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A wrong reference.
 *
 * @param rowId null when the whole column is wrong
 * @param targetId what the column holds; null when the whole column is wrong
 * @param confirmedAt null while it is only suspected
 * @param resolvedAt null while it is open
 */
record OrphanResponse(
    long id,
    @Schema(example = "agents.owner_id") String reference,
    @Nullable Long rowId,
    @Nullable String targetId,
    OrphanKind kind,
    Instant firstSeenAt,
    @Nullable Instant confirmedAt,
    @Nullable Instant resolvedAt,
    @Schema(allowableValues = {"gone", "soft_deleted", "set_null"}) @Nullable String resolution) {

  static OrphanResponse of(OrphanFinding finding) {
    return new OrphanResponse(
        finding.id(),
        finding.reference(),
        finding.rowId(),
        finding.targetId(),
        finding.kind(),
        finding.firstSeenAt(),
        finding.confirmedAt(),
        finding.resolvedAt(),
        finding.resolution());
  }
}
