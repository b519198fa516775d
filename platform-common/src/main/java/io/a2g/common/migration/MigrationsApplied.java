package io.a2g.common.migration;

/** Published once, when the schema is complete: work that needs tables starts here. */
public record MigrationsApplied() {}
