package io.a2g.user.apikey.web;

import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;

/**
 * Keys that were found.
 *
 * @param keys whole keys; other texts are passed over
 */
record LeakedKeysRequest(@NotEmpty @Size(max = 100) List<@NotNull @Size(max = 200) String> keys) {}
