package io.a2g.admin.model;

import io.a2g.common.audit.AuditLog;
import io.a2g.common.error.ResourceNotFound;
import io.a2g.common.security.Caller;
import io.a2g.common.web.EntityTags;
import java.time.Clock;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Limit;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Everything that happens to models. Users read the enabled ones; administrators do the rest. */
@Service
public class ModelService {

  private final ModelRepository models;
  private final ModelReader reader;
  private final AuditLog audit;
  private final Clock clock;

  ModelService(ModelRepository models, ModelReader reader, AuditLog audit, Clock clock) {
    this.models = models;
    this.reader = reader;
    this.audit = audit;
    this.clock = clock;
  }

  /** A model the caller may see: any for administrators, deleted ones too; else enabled ones. */
  public ModelView get(Caller caller, long id) {
    return reader.find(id, caller.isAdmin()).orElseThrow(() -> notFound(id));
  }

  /** Models the caller may see, newest first. */
  public List<ModelView> list(Caller caller, ModelFilter filter, long before, int limit) {
    return models
        .list(
            before,
            caller.isAdmin(),
            filter.name(),
            filter.provider(),
            filter.enabled(),
            !filter.deleted(),
            Limit.of(limit))
        .stream()
        .map(model -> model.view(caller.isAdmin()))
        .toList();
  }

  /** Adds a model. */
  @PreAuthorize("hasRole('ADMIN')")
  @Transactional
  public ModelView create(ModelDetails details) {
    LlmModel model = models.saveAndFlush(new LlmModel(details));
    audit.record("model.created", "model", model.id(), null, model.state());
    return model.view(true);
  }

  /**
   * Changes a model. What was recorded at the old price keeps its cost.
   *
   * @param ifMatch see {@link EntityTags#requireMatch}
   * @param edit computes the new values from the current ones, under the row's lock
   */
  @PreAuthorize("hasRole('ADMIN')")
  @Transactional
  public ModelView update(
      long id, @Nullable String ifMatch, Function<ModelDetails, ModelDetails> edit) {
    LlmModel model = live(id);
    EntityTags.requireMatch(ifMatch, model.version());
    return change("model.updated", model, old -> old.update(edit.apply(old.details())));
  }

  /** Marks a model deleted; its usage stays, and late usage still counts at its price. */
  @PreAuthorize("hasRole('ADMIN')")
  @Transactional
  public void delete(long id, @Nullable String ifMatch) {
    LlmModel model = live(id);
    EntityTags.requireMatch(ifMatch, model.version());
    change("model.deleted", model, old -> old.delete(clock.instant()));
  }

  /** Brings a deleted model back within 30 days. */
  @PreAuthorize("hasRole('ADMIN')")
  @Transactional
  public ModelView restore(long id) {
    LlmModel model = models.findForUpdate(id).orElseThrow(() -> notFound(id));
    return change("model.restored", model, old -> old.restore(clock.instant()));
  }

  private ModelView change(String action, LlmModel model, Consumer<LlmModel> change) {
    LlmModel.State before = model.state();
    change.accept(model);
    LlmModel stored = models.saveAndFlush(model);
    audit.record(action, "model", stored.id(), before, stored.state());
    return stored.view(true);
  }

  private LlmModel live(long id) {
    return models.findForUpdate(id).filter(LlmModel::isLive).orElseThrow(() -> notFound(id));
  }

  private static ResourceNotFound notFound(long id) {
    return new ResourceNotFound("model", id);
  }
}
