package io.a2g.admin.model;

import org.jspecify.annotations.Nullable;

/**
 * What an administrator says about a model.
 *
 * @param name what callers ask for, unique among live models
 * @param endpointUrl base address of the provider; null: the provider's own
 * @param contextWindow tokens of input and output together; null when not known
 * @param enabled false hides it from users
 */
public record ModelDetails(
    String name,
    Provider provider,
    @Nullable String endpointUrl,
    ModelPrice price,
    @Nullable Integer contextWindow,
    boolean enabled) {}
