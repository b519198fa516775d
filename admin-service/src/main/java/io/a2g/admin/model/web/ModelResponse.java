package io.a2g.admin.model.web;

import io.a2g.admin.model.ModelDetails;
import io.a2g.admin.model.ModelView;
import io.a2g.admin.model.Provider;
import io.a2g.common.security.Caller;
import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A model.
 *
 * @param endpointUrl for administrators only; null for everybody else
 * @param deletedAt null while the model is live
 */
record ModelResponse(
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

  static ModelResponse of(ModelView model, Caller caller) {
    ModelDetails details = model.details();
    return new ModelResponse(
        model.id(),
        details.name(),
        details.provider(),
        caller.isAdmin() ? details.endpointUrl() : null,
        plain(details.price().input()),
        plain(details.price().output()),
        details.contextWindow(),
        details.enabled(),
        model.version(),
        model.createdAt(),
        model.updatedAt(),
        model.deletedAt());
  }

  // The column pads with zeros; the same price looks the same before and after it was stored.
  private static @Nullable BigDecimal plain(@Nullable BigDecimal price) {
    return price == null ? null : price.stripTrailingZeros();
  }
}
