package io.a2g.admin.model;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Reads a model by its key with one statement. A session of Hibernate costs more than the statement
 * itself, and this is the read that clients repeat.
 */
@Component
class ModelReader {

  private static final String VISIBLE =
      """
      SELECT id, name, provider, endpoint_url, input_price_per_million_tokens,
        output_price_per_million_tokens, context_window, enabled, version, created_at,
        updated_at, deleted_at
      FROM admin.llm_models
      WHERE id = ? AND (? OR (enabled AND deleted_at IS NULL))
      """;

  private final JdbcClient jdbc;

  ModelReader(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * The model with this id.
   *
   * @param admin also disabled and deleted ones, and the endpoint
   */
  Optional<ModelView> find(long id, boolean admin) {
    return jdbc.sql(VISIBLE).params(id, admin).query((row, number) -> view(row, admin)).optional();
  }

  private static ModelView view(ResultSet row, boolean admin) throws SQLException {
    return new ModelView(
        row.getLong(1),
        row.getString(2),
        Provider.valueOf(row.getString(3)),
        admin ? row.getString(4) : null,
        row.getBigDecimal(5),
        row.getBigDecimal(6),
        row.getObject(7, Integer.class),
        row.getBoolean(8),
        row.getInt(9),
        row.getObject(10, OffsetDateTime.class).toInstant(),
        row.getObject(11, OffsetDateTime.class).toInstant(),
        instant(row.getObject(12, OffsetDateTime.class)));
  }

  private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
    return time == null ? null : time.toInstant();
  }
}
