package io.a2g.tracing.trace;

import io.a2g.common.json.Name;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What of a trace can be edited; the target of a merge patch.
 *
 * @param sessionId the chat session with this trace's id; null: no chat
 * @param agentId null: no agent
 * @param endedAt null while it runs
 */
@Schema(name = "TraceUpdateRequest")
public record TraceDetails(
    @Nullable Long sessionId,
    @Nullable Long agentId,
    @Name @Size(min = 1, max = 200) @Nullable String name,
    @NotNull Instant startedAt,
    @Nullable Instant endedAt) {}
