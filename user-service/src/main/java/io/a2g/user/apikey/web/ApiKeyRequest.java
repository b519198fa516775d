package io.a2g.user.apikey.web;

import io.a2g.common.json.Name;
import io.a2g.common.security.Scope;
import io.a2g.common.security.Scopes;
import io.a2g.user.apikey.ApiKeySettings;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A key to issue.
 *
 * @param name what its owner calls it
 * @param description what it is for, for people; absent: none
 * @param userId whose key; absent: the caller's. Only an administrator may name another user.
 * @param scopes what it may be used for; absent: what the key of this request may
 * @param expiresAt when it stops working, with the key of this request at the latest; absent: then
 */
record ApiKeyRequest(
    @NotNull @Name @Size(min = 1, max = 100) String name,
    @Size(max = 500) @Pattern(regexp = "\\s*\\S[\\s\\S]*", message = "must not be blank")
        @Nullable String description,
    @Nullable Long userId,
    @Size(min = 1, max = 50) @Nullable Set<@NotNull Scope> scopes,
    @Nullable Instant expiresAt) {

  ApiKeySettings settings() {
    return new ApiKeySettings(name, description, expiresAt);
  }

  @Nullable Scopes limits() {
    return scopes == null ? null : new Scopes(scopes);
  }
}
