package io.a2g.user.apikey;

import io.a2g.common.json.Name;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The part of a key that its owner can change; the target of a merge patch.
 *
 * @param description what the key is for, for people; null: none is given
 * @param expiresAt when it stops working; null: never
 */
@Schema(name = "ApiKeyUpdateRequest")
public record ApiKeySettings(
    @NotNull @Name @Size(min = 1, max = 100) String name,
    @Size(max = 500) @Pattern(regexp = "\\s*\\S[\\s\\S]*", message = "must not be blank")
        @Nullable String description,
    @Nullable Instant expiresAt) {

  /** Of a key that never expires and needs no description. */
  public static ApiKeySettings named(String name) {
    return new ApiKeySettings(name, null, null);
  }

  /** The same with another end. */
  ApiKeySettings expiringAt(@Nullable Instant end) {
    return new ApiKeySettings(name, description, end);
  }
}
