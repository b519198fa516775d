package io.a2g.common.audit.web;

import io.a2g.common.audit.AuditEvent;
import io.a2g.common.audit.AuditFilter;
import io.a2g.common.audit.AuditLog;
import io.a2g.common.error.InvalidParameter;
import io.a2g.common.web.Cursor;
import io.a2g.common.web.CursorPage;
import io.a2g.common.web.PageQuery;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Reads the audit of this service. */
@RestController
@RequestMapping("/api/v1/audit-events")
@Tag(name = "audit")
public class AuditController {

  private final AuditLog audit;

  AuditController(AuditLog audit) {
    this.audit = audit;
  }

  @GetMapping
  @PreAuthorize("hasRole('ADMIN')")
  @Operation(
      summary = "List what was changed by whom in this service (ADMIN)",
      description = "Newest first. Kept for a year.")
  CursorPage<AuditEvent> list(
      @ParameterObject @Valid PageQuery page,
      @RequestParam(name = "actor_id", required = false) @Nullable Long actorId,
      @RequestParam(name = "action", required = false) @Nullable String action,
      @RequestParam(name = "resource_type", required = false) @Nullable String resourceType,
      @RequestParam(name = "resource_id", required = false) @Nullable String resourceId,
      @RequestParam(name = "from", required = false) @Nullable Instant from,
      @RequestParam(name = "to", required = false) @Nullable Instant to) {
    if (from != null && to != null && from.isAfter(to)) {
      throw new InvalidParameter("from", "out_of_range", "must not be after to");
    }
    var filter = new AuditFilter(actorId, action, resourceType, resourceId, from, to);
    String scope = "audit?" + filter;
    var rows = audit.list(filter, page.beforeId(scope), page.fetch());
    return CursorPage.of(rows, page.size(), event -> Cursor.of(scope, event.id()), event -> event);
  }
}
