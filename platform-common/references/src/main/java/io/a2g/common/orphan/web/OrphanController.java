package io.a2g.common.orphan.web;

import io.a2g.common.error.FieldProblem;
import io.a2g.common.error.InvalidRequest;
import io.a2g.common.error.ProblemException;
import io.a2g.common.error.ProblemType;
import io.a2g.common.migrate.orphan.OrphanFinding;
import io.a2g.common.migrate.orphan.OrphanFindings;
import io.a2g.common.migrate.orphan.RepairReport;
import io.a2g.common.orphan.job.OrphanJob;
import io.a2g.common.reference.DeclaredReferences;
import io.a2g.common.web.Cursor;
import io.a2g.common.web.CursorPage;
import io.a2g.common.web.PageQuery;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/orphans")
@Tag(name = "orphans")
class OrphanController {

  private final OrphanFindings findings;
  private final OrphanJob job;
  private final DeclaredReferences declared;

  OrphanController(OrphanFindings findings, OrphanJob job, DeclaredReferences declared) {
    this.findings = findings;
    this.job = job;
    this.declared = declared;
  }

  @GetMapping
  @Operation(
      summary = "List rows whose reference is wrong (ADMIN)",
      description = "Newest first. Nothing that goes through the services makes one.")
  CursorPage<OrphanFinding> list(
      @ParameterObject @Valid PageQuery page,
      @RequestParam(name = "reference", required = false) @Nullable String reference,
      @Parameter(description = "false: suspected and resolved ones too")
          @RequestParam(name = "confirmed", defaultValue = "true")
          boolean confirmed)
      throws SQLException {
    if (isUnknown(reference)) {
      throw new ProblemException(
          ProblemType.INVALID_PARAMETER,
          "reference: is none of this service.",
          List.of(new FieldProblem("reference", "not_found", "is none of this service")));
    }
    String scope = "orphans?reference=%s&confirmed=%s".formatted(reference, confirmed);
    var rows = findings.list(reference, confirmed, page.beforeId(scope), page.fetch());
    return CursorPage.of(
        rows, page.size(), finding -> Cursor.of(scope, finding.id()), Function.identity());
  }

  @PostMapping("/audit")
  @Operation(
      summary = "Look for orphans now (ADMIN)",
      description =
          "Goes through every row. What is seen for the first time is suspected, looked at again by"
              + " itself when transactions that were under way have ended, and then confirmed.")
  OrphanAuditResponse audit() throws SQLException {
    return new OrphanAuditResponse(job.run());
  }

  @PostMapping("/repair")
  @Operation(
      summary = "Repair confirmed orphans by the declared rule (ADMIN)",
      description = "A dry run unless dry_run is false.")
  RepairReport repair(@RequestBody(required = false) @Nullable OrphanRepairRequest body)
      throws SQLException {
    OrphanRepairRequest wanted = body == null ? new OrphanRepairRequest(null, null) : body;
    if (isUnknown(wanted.reference())) {
      throw new InvalidRequest("reference", "not_found", "is none of this service");
    }
    return job.repair(wanted.reference(), wanted.isDryRun());
  }

  private boolean isUnknown(@Nullable String reference) {
    return reference != null
        && declared.all().stream().noneMatch(known -> known.name().equals(reference));
  }
}
