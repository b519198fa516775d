package io.a2g.admin.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the audit keeps of a model.
 *
 * @param deletedAt null while live
 */
record ModelState(ModelDetails details, @Nullable Instant deletedAt) {

  static ModelState of(LlmModel model) {
    return new ModelState(model.details(), model.deletedAt());
  }
}
