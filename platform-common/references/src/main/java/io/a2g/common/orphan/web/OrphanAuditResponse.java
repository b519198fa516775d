package io.a2g.common.orphan.web;

import io.a2g.common.migrate.orphan.ReferenceScan;
import java.util.List;

/** What a scan came to, for each reference. */
record OrphanAuditResponse(List<ReferenceScan> references) {}
