package io.a2g.admin.model;

import io.a2g.common.error.ResourceNotFound;
import io.a2g.common.security.Caller;
import io.a2g.common.web.EntityTags;
import java.time.Clock;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Limit;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Everything that happens to models. Users read the enabled ones; administrators do the rest. */
@Service
public class ModelCatalog {

  private final Models models;
  private final Clock clock;

  ModelCatalog(Models models, Clock clock) {
    this.models = models;
    this.clock = clock;
  }

  /** A model the caller may see: any for administrators, deleted ones too; else enabled ones. */
  public LlmModel get(Caller caller, long id) {
    return models
        .findById(id)
        .filter(model -> caller.isAdmin() || model.isOffered())
        .orElseThrow(() -> notFound(id));
  }

  /** Models the caller may see, newest first. */
  public List<LlmModel> list(Caller caller, ModelFilter filter, long before, int limit) {
    return models.list(
        before,
        caller.isAdmin(),
        filter.name(),
        filter.provider(),
        filter.enabled(),
        !filter.deleted(),
        Limit.of(limit));
  }

  /** Adds a model. */
  @PreAuthorize("hasRole('ADMIN')")
  @Transactional
  public LlmModel create(ModelDetails details) {
    return models.saveAndFlush(new LlmModel(details));
  }

  /**
   * Changes a model. What was recorded at the old price keeps its cost.
   *
   * @param ifMatch see {@link EntityTags#requireMatch}
   * @param edit computes the new values from the current ones, under the row's lock
   */
  @PreAuthorize("hasRole('ADMIN')")
  @Transactional
  public LlmModel update(
      long id, @Nullable String ifMatch, Function<ModelDetails, ModelDetails> edit) {
    LlmModel model = live(id);
    EntityTags.requireMatch(ifMatch, model.version());
    model.update(edit.apply(model.details()));
    return models.saveAndFlush(model);
  }

  /** Marks a model deleted; its usage stays, and late usage still counts at its price. */
  @PreAuthorize("hasRole('ADMIN')")
  @Transactional
  public void delete(long id, @Nullable String ifMatch) {
    LlmModel model = live(id);
    EntityTags.requireMatch(ifMatch, model.version());
    model.delete(clock.instant());
    models.saveAndFlush(model);
  }

  /** Brings a deleted model back within 30 days. */
  @PreAuthorize("hasRole('ADMIN')")
  @Transactional
  public LlmModel restore(long id) {
    LlmModel model = models.findForUpdate(id).orElseThrow(() -> notFound(id));
    model.restore(clock.instant());
    return models.saveAndFlush(model);
  }

  private LlmModel live(long id) {
    return models.findForUpdate(id).filter(LlmModel::isLive).orElseThrow(() -> notFound(id));
  }

  private static ResourceNotFound notFound(long id) {
    return new ResourceNotFound("model", id);
  }
}
