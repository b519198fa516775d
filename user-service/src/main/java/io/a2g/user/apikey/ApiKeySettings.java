package io.a2g.user.apikey;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The part of a key that its owner can change; the target of a merge patch.
 *
 * @param expiresAt when it stops working; null: never
 */
@Schema(name = "ApiKeyUpdateRequest")
public record ApiKeySettings(@NotBlank @Size(max = 100) String name, @Nullable Instant expiresAt) {

  /** Of a key that never expires . */
  public static ApiKeySettings named(String name) {
    return new ApiKeySettings(name, null);
  }
}
