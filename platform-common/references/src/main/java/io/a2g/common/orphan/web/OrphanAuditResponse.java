package io.a2g.common.orphan.web;

import io.a2g.common.orphan.ReferenceAudit;
import java.util.List;

/** What an audit came to, for each reference. */
record OrphanAuditResponse(List<ReferenceAudit> references) {}
