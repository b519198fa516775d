package io.a2g.admin.usage;

import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** The counters of one day, user, agent and model. */
public record UsageRow(
    long id,
    LocalDate day,
    long userId,
    @Nullable Long agentId,
    String model,
    Counters counters,
    Instant createdAt,
    Instant updatedAt) {}
