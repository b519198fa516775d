package io.a2g.agent.registry;

import io.a2g.common.reference.Reference;
import io.a2g.common.reference.Reference.OnDelete;
import io.a2g.common.reference.Reference.OnOrphan;
import io.a2g.common.reference.ReferenceTarget;
import io.a2g.common.reference.ReferenceVerifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What the users schema tells about owners. */
@Repository
class Owners {

  static final Reference OWNER =
      new Reference(
          "agents",
          "owner_id",
          false,
          ReferenceTarget.USER,
          OnDelete.RESTRICT,
          OnOrphan.SOFT_DELETE);

  private final ReferenceVerifier references;
  private final JdbcClient jdbc;

  Owners(ReferenceVerifier references, JdbcClient jdbc) {
    this.references = references;
    this.jdbc = jdbc;
  }

  /** A live user, who stays live until the transaction ends. */
  Owner pin(long id) {
    references.pin(OWNER.to(id));
    return find(id);
  }

  /** A user, deleted or not. */
  Owner find(long id) {
    return jdbc.sql("SELECT dept_code FROM users.user_names(ARRAY[?])")
        .param(id)
        .query((row, number) -> new Owner(id, row.getString(1)))
        .optional()
        .orElseGet(() -> new Owner(id, null));
  }
}
