package io.a2g.admin.usage;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Which rows are shown or summed; null means any.
 *
 * @param from first day, UTC
 * @param to last day, UTC, included
 */
public record UsageFilter(
    LocalDate from,
    LocalDate to,
    @Nullable Long userId,
    @Nullable Long agentId,
    @Nullable String model) {}
