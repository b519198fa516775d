package io.a2g.user.account.web;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;

/** Why a user is rejected, for the audit. */
record RejectionRequest(@NotBlank @Size(max = 500) String reason) {}
