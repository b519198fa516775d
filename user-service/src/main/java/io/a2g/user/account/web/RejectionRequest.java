package io.a2g.user.account.web;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;

/** Why somebody is turned away; for the audit. */
record RejectionRequest(@NotBlank @Size(max = 500) String reason) {}
