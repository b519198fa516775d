package io.a2g.common.topology;

/**
 * Published in this process when another service told that a row was deleted, restored or removed;
 * caches forget it.
 */
public record TargetChanged(ReferenceTarget target, long id) {}
