package io.a2g.tracing.log;

/** What a batch became: entries with ids from {@code firstId} to {@code lastId}, in its order. */
public record Appended(int count, long firstId, long lastId) {}
