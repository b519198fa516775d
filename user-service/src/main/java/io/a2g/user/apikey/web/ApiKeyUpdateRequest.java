package io.a2g.user.apikey.web;

import io.a2g.user.apikey.KeyEdit;
import io.a2g.user.apikey.StoredKey;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What of a key can be changed; the target of a merge patch. */
record ApiKeyUpdateRequest(@NotBlank @Size(max = 100) String name, @Nullable Instant expiresAt) {

  static ApiKeyUpdateRequest of(StoredKey key) {
    return new ApiKeyUpdateRequest(key.name(), key.expiresAt());
  }

  KeyEdit edit() {
    return new KeyEdit(name, expiresAt);
  }
}
