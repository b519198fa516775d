package io.a2g.admin.usage;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** What one row of counters stands for. */
record UsageKey(LocalDate day, long userId, @Nullable Long agentId, String model) {}
