package io.a2g.admin.model;

import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A model as callers see it.
 *
 * @param endpointUrl for administrators only; null for all others
 * @param deletedAt null while the model is live
 */
@Schema(name = "ModelResponse")
public record ModelView(
    long id,
    String name,
    Provider provider,
    @Schema(description = "For administrators only") @Nullable String endpointUrl,
    @Schema(description = "USD; null when not known")
        @Nullable BigDecimal inputPricePerMillionTokens,
    @Schema(description = "USD; null when not known")
        @Nullable BigDecimal outputPricePerMillionTokens,
    @Schema(description = "Tokens; null when not known") @Nullable Integer contextWindow,
    boolean enabled,
    int version,
    Instant createdAt,
    Instant updatedAt,
    @Nullable Instant deletedAt) {

  /** Takes off the zeros that the column adds: a price looks the same before and after storing. */
  public ModelView {
    inputPricePerMillionTokens = plain(inputPricePerMillionTokens);
    outputPricePerMillionTokens = plain(outputPricePerMillionTokens);
  }

  private static @Nullable BigDecimal plain(@Nullable BigDecimal price) {
    return price == null ? null : price.stripTrailingZeros();
  }
}
