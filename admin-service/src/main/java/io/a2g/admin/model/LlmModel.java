package io.a2g.admin.model;

import io.a2g.common.persistence.SoftDeletable;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import java.time.Instant;
import org.hibernate.annotations.ColumnDefault;
import org.jspecify.annotations.Nullable;

/** A language model that the platform offers. */
@Entity
@Table(name = "llm_models", schema = "admin")
class LlmModel extends SoftDeletable {

  private String name;

  @Enumerated(EnumType.STRING)
  private Provider provider;

  private @Nullable String endpointUrl;

  @Column(name = "input_price_per_million_tokens", precision = 12, scale = 6)
  private @Nullable BigDecimal inputPrice;

  @Column(name = "output_price_per_million_tokens", precision = 12, scale = 6)
  private @Nullable BigDecimal outputPrice;

  private @Nullable Integer contextWindow;

  @ColumnDefault("true")
  private boolean enabled;

  // Had another model's name in another case before that was refused.
  @ColumnDefault("false")
  private boolean caseVariant;

  /** For JPA. */
  protected LlmModel() {}

  LlmModel(ModelDetails details) {
    update(details);
  }

  final void update(ModelDetails details) {
    caseVariant = caseVariant && details.name().equals(name);
    name = details.name();
    provider = details.provider();
    endpointUrl = details.endpointUrl();
    inputPrice = details.inputPricePerMillionTokens();
    outputPrice = details.outputPricePerMillionTokens();
    contextWindow = details.contextWindow();
    enabled = details.enabled();
  }

  ModelDetails details() {
    return new ModelDetails(
        name, provider, endpointUrl, inputPrice, outputPrice, contextWindow, enabled);
  }

  /**
   * The model as callers see it.
   *
   * @param admin whether for an administrator
   */
  ModelView view(boolean admin) {
    return new ModelView(
        id(),
        name,
        provider,
        admin ? endpointUrl : null,
        inputPrice,
        outputPrice,
        contextWindow,
        enabled,
        version(),
        createdAt(),
        updatedAt(),
        deletedAt());
  }

  /** What the audit log keeps of it. */
  State state() {
    return new State(details(), deletedAt());
  }

  /**
   * See {@link #state}.
   *
   * @param deletedAt null while live
   */
  record State(ModelDetails details, @Nullable Instant deletedAt) {}
}
