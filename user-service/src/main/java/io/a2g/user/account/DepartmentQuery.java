package io.a2g.user.account;

import org.jspecify.annotations.Nullable;

/**
 * A search for departments; what is null is not asked for.
 *
 * @param displayName in any case
 * @param memberId id of a live user who is in it
 */
public record DepartmentQuery(
    @Nullable String code,
    @Nullable String displayName,
    @Nullable String externalId,
    @Nullable Long memberId) {}
