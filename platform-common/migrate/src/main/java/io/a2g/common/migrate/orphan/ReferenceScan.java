package io.a2g.common.migrate.orphan;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What one pass over one reference came to.
 *
 * @param reference such as {@code agents.owner_id}
 * @param target such as {@code users.users}
 * @param rows rows whose reference was looked at: live, and not null
 * @param findings those that are wrong, the whole column counting as one
 * @param confirmed how many of them were seen by an earlier pass too, long enough ago
 * @param notAudited why not every row could be looked at; null: all were
 */
@Schema(name = "ReferenceAudit")
public record ReferenceScan(
    String reference,
    String target,
    long rows,
    long findings,
    long confirmed,
    @Nullable String notAudited) {

  /** Every row was looked at and none is wrong. */
  public boolean isClean() {
    return notAudited == null && findings == 0;
  }

  /**
   * The outcome when a pass over the findings followed, which saw none of the other rows; findings
   * for which there was no room are still there.
   */
  public ReferenceScan after(ReferenceScan again) {
    return new ReferenceScan(
        reference,
        target,
        rows,
        again.findings + Math.max(0, findings - FindingsTable.MAX_OPEN),
        again.confirmed,
        notAudited == null ? again.notAudited : notAudited);
  }
}
