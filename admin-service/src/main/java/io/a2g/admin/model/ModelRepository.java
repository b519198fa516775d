package io.a2g.admin.model;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** The table of models, as far as it is written and listed; {@link ModelReader} reads one. */
interface ModelRepository extends Repository<LlmModel, Long> {

  LlmModel saveAndFlush(LlmModel model);

  @Query(nativeQuery = true, value = "SELECT * FROM admin.llm_models WHERE id = ?1 FOR UPDATE")
  Optional<LlmModel> findForUpdate(long id);

  @Query(
      """
      select m from LlmModel m
      where m.id < :before
        and (:admin = true or (m.enabled = true and m.deletedAt is null))
        and (:name is null or m.name = :name)
        and (:provider is null or m.provider = :provider)
        and (:enabled is null or m.enabled = :enabled)
        and ((:live = true and m.deletedAt is null) or (:live = false and m.deletedAt is not null))
      order by m.id desc
      """)
  List<LlmModel> list(
      long before,
      boolean admin,
      @Nullable String name,
      @Nullable Provider provider,
      @Nullable Boolean enabled,
      boolean live,
      Limit limit);
}
