package io.a2g.admin.model;

import org.jspecify.annotations.Nullable;

/**
 * Which models a list shows; null means any.
 *
 * @param deleted true shows the deleted ones instead of the live ones
 */
public record ModelFilter(
    @Nullable String name,
    @Nullable Provider provider,
    @Nullable Boolean enabled,
    boolean deleted) {}
