package io.a2g.admin.model.web;

import io.a2g.admin.model.ModelDetails;
import io.a2g.admin.model.ModelPrice;
import io.a2g.admin.model.Provider;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A model, as an administrator describes it; also the target of a merge patch.
 *
 * @param inputPricePerMillionTokens USD; absent when not known
 * @param outputPricePerMillionTokens USD; absent when not known
 * @param contextWindow tokens; absent when not known
 * @param enabled true when absent
 */
record ModelRequest(
    @NotNull
        @Pattern(
            regexp = "[A-Za-z0-9][A-Za-z0-9._:/-]{0,99}",
            message =
                "must be 1 to 100 letters, digits, dots, underscores, colons, slashes or dashes,"
                    + " beginning with a letter or digit")
        String name,
    @NotNull Provider provider,
    @Size(max = 2000) @HttpUrl @Nullable String endpointUrl,
    @DecimalMin("0") @Digits(integer = 6, fraction = 6)
        @Nullable BigDecimal inputPricePerMillionTokens,
    @DecimalMin("0") @Digits(integer = 6, fraction = 6)
        @Nullable BigDecimal outputPricePerMillionTokens,
    @Positive @Nullable Integer contextWindow,
    @Nullable Boolean enabled) {

  static ModelRequest of(ModelDetails details) {
    return new ModelRequest(
        details.name(),
        details.provider(),
        details.endpointUrl(),
        details.price().input(),
        details.price().output(),
        details.contextWindow(),
        details.enabled());
  }

  ModelDetails details() {
    return new ModelDetails(
        name,
        provider,
        endpointUrl,
        new ModelPrice(inputPricePerMillionTokens, outputPricePerMillionTokens),
        contextWindow,
        enabled == null || enabled);
  }
}
