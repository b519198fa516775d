package io.a2g.common.orphan.web;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Which repair.
 *
 * @param dryRun true when absent
 * @param reference null: all
 */
record OrphanRepairRequest(
    @Schema(description = "Only say what would be done; true when absent", defaultValue = "true")
        @Nullable Boolean dryRun,
    @Schema(description = "The only one to repair; all when absent", example = "agents.owner_id")
        @Nullable String reference) {

  boolean isDryRun() {
    return dryRun == null || dryRun;
  }
}
