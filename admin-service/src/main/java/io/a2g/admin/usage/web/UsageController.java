package io.a2g.admin.usage.web;

import io.a2g.admin.usage.GroupKey;
import io.a2g.admin.usage.Usage;
import io.a2g.admin.usage.UsageBatch;
import io.a2g.admin.usage.UsageFilter;
import io.a2g.admin.usage.UsageRecordingService;
import io.a2g.admin.usage.UsageRow;
import io.a2g.admin.usage.UsageStatisticsService;
import io.a2g.admin.usage.UsageSum;
import io.a2g.common.security.Caller;
import io.a2g.common.web.Cursor;
import io.a2g.common.web.CursorPage;
import io.a2g.common.web.PageQuery;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import java.time.Clock;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

@RestController
@RequestMapping("/api/v1/usage-stats")
@Tag(name = "usage-stats")
class UsageController {

  private final UsageRecordingService recorder;
  private final UsageStatisticsService statistics;
  private final UsageBody bodies;
  private final Clock clock;

  UsageController(
      UsageRecordingService recorder,
      UsageStatisticsService statistics,
      UsageBody bodies,
      Clock clock) {
    this.recorder = recorder;
    this.statistics = statistics;
    this.bodies = bodies;
    this.clock = clock;
  }

  @PostMapping
  @Operation(
      summary = "Count usage (ADMIN)",
      description =
          "One record, or items with up to 1,000 of them: all are counted or none. Send an"
              + " Idempotency-Key, so that a repeated request counts once.")
  @ResponseStatus(HttpStatus.CREATED)
  RecordedResponse add(
      @io.swagger.v3.oas.annotations.parameters.RequestBody(
              content =
                  @Content(
                      schema = @Schema(oneOf = {Usage.class, UsageBody.UsageBatchRequest.class})))
          @RequestBody
          JsonNode body) {
    UsageBatch batch = bodies.read(body);
    return RecordedResponse.of(batch.items().size(), recorder.add(batch));
  }

  @GetMapping
  @Operation(
      summary = "List the counters",
      description = "Newest day first. Users see their own, administrators everybody's.")
  CursorPage<UsageRow> list(
      @AuthenticationPrincipal Caller caller,
      @ParameterObject @Valid PageQuery page,
      @RequestParam(name = "from", required = false) @Nullable LocalDate from,
      @RequestParam(name = "to", required = false) @Nullable LocalDate to,
      @RequestParam(name = "user_id", required = false) @Nullable Long userId,
      @RequestParam(name = "agent_id", required = false) @Nullable Long agentId,
      @RequestParam(name = "model", required = false) @Nullable String model) {
    UsageFilter filter = filter(from, to, userId, agentId, model);
    String scope = "usage-stats?" + filter;
    var after = page.after(scope, 2).map(UsageParameters::position).orElse(null);
    return CursorPage.of(
        statistics.rows(caller, filter, after, page.fetch()),
        page.size(),
        row -> Cursor.of(scope, row.day(), row.id()),
        Function.identity());
  }

  @GetMapping("/sums")
  @Operation(
      summary = "Sum the counters",
      description =
          "Grouped by any of day, user_id, agent_id and model, sorted in this order, newest day first."
              + " Without group_by by day; an empty group_by sums everything.")
  CursorPage<UsageSum> sums(
      @AuthenticationPrincipal Caller caller,
      @ParameterObject @Valid PageQuery page,
      @RequestParam(name = "group_by", required = false) @Nullable String groupBy,
      @RequestParam(name = "from", required = false) @Nullable LocalDate from,
      @RequestParam(name = "to", required = false) @Nullable LocalDate to,
      @RequestParam(name = "user_id", required = false) @Nullable Long userId,
      @RequestParam(name = "agent_id", required = false) @Nullable Long agentId,
      @RequestParam(name = "model", required = false) @Nullable String model) {
    EnumSet<GroupKey> groups = UsageParameters.groups(groupBy);
    UsageFilter filter = filter(from, to, userId, agentId, model);
    String scope = "usage-stats/sums?" + groups + filter;
    var after =
        page.after(scope, groups.size())
            .map(cursor -> UsageParameters.position(cursor, groups))
            .orElse(null);
    return CursorPage.of(
        statistics.sums(caller, filter, groups, after, page.fetch()),
        page.size(),
        sum -> Cursor.of(scope, UsageStatisticsService.positionOf(sum, groups).toArray()),
        Function.identity());
  }

  private UsageFilter filter(
      @Nullable LocalDate from,
      @Nullable LocalDate to,
      @Nullable Long userId,
      @Nullable Long agentId,
      @Nullable String model) {
    var days = UsageParameters.days(from, to, LocalDate.now(clock));
    return new UsageFilter(days.from(), days.to(), userId, agentId, model);
  }
}
