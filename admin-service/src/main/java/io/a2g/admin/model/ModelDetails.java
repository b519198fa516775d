package io.a2g.admin.model;

import io.a2g.common.web.HttpUrl;
import io.swagger.v3.oas.annotations.media.Schema;
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
 * @param name what callers ask for, unique among live models
 * @param endpointUrl base address of the provider; null: the provider's own
 * @param inputPricePerMillionTokens USD; null when not known
 * @param outputPricePerMillionTokens USD; null when not known
 * @param contextWindow tokens of input and output together; null when not known
 * @param enabled false hides it from users; true when absent
 */
@Schema(name = "ModelRequest")
public record ModelDetails(
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
    @Schema(requiredMode = Schema.RequiredMode.NOT_REQUIRED) Boolean enabled) {

  /** Takes what is absent for enabled. */
  public ModelDetails {
    enabled = enabled == null || enabled;
  }
}
