package io.a2g.admin.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A model as callers see it.
 *
 * @param deletedAt null while the model is live
 */
public record ModelView(
    long id,
    ModelDetails details,
    int version,
    Instant createdAt,
    Instant updatedAt,
    @Nullable Instant deletedAt) {

  static ModelView of(LlmModel model) {
    return new ModelView(
        model.id(),
        model.details(),
        model.version(),
        model.createdAt(),
        model.updatedAt(),
        model.deletedAt());
  }
}
