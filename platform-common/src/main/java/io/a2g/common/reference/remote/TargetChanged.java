package io.a2g.common.reference.remote;

import io.a2g.common.reference.ReferenceTarget;

/**
 * Published in this process when another service told that a row was deleted, restored or removed;
 * caches forget it.
 */
public record TargetChanged(ReferenceTarget target, long id) {}
