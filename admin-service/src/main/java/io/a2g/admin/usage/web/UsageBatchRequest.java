package io.a2g.admin.usage.web;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;

/** Several things that were used. */
record UsageBatchRequest(
    @NotNull @Size(min = 1, max = 1000) List<@NotNull @Valid UsageRequest> items) {}
