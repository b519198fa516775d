package io.a2g.user.account.web;

import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/** Why a user is disabled, for the audit; null: no reason is given. */
record DisableRequest(@Size(min = 1, max = 500) @Nullable String reason) {}
