package io.a2g.agent.registry;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import tools.jackson.databind.json.JsonMapper;

/** Reads agents by position, which the hot path deserves; {@link #COLUMNS} is the order. */
final class AgentRows implements RowMapper<AgentView> {

  /** Of {@code a} (the agent), {@code o} (the owner) and {@code c} (capabilities). */
  static final String COLUMNS =
      """
      a.id, a.owner_id, a.owner_dept_code, a.name, a.description, a.framework, a.endpoint_url,
      a.status, a.visibility, a.version, a.created_at, a.updated_at, a.deleted_at,
      o.username, o.username_kr, o.username_en, o.email, c.capabilities
      """;

  /** The source of {@code c}. */
  static final String CAPABILITIES =
      """
      LEFT JOIN LATERAL (
        SELECT json_agg(json_build_object('name', k.name, 'description', k.description,
                                          'tags', k.tags) ORDER BY k.position) AS capabilities
        FROM agents.agent_capabilities k WHERE k.agent_id = a.id) c ON true
      """;

  private final JsonMapper mapper;

  AgentRows(JsonMapper mapper) {
    this.mapper = mapper;
  }

  @Override
  public AgentView mapRow(ResultSet row, int number) throws SQLException {
    return new AgentView(
        row.getLong(1),
        row.getLong(2),
        new AgentView.Owner(
            row.getLong(2),
            row.getString(14),
            row.getString(15),
            row.getString(16),
            row.getString(17)),
        row.getString(3),
        row.getString(4),
        row.getString(5),
        Framework.valueOf(row.getString(6)),
        row.getString(7),
        AgentStatus.valueOf(row.getString(8)),
        Visibility.valueOf(row.getString(9)),
        capabilities(row.getString(18)),
        row.getInt(10),
        row.getObject(11, OffsetDateTime.class).toInstant(),
        row.getObject(12, OffsetDateTime.class).toInstant(),
        instant(row.getObject(13, OffsetDateTime.class)));
  }

  private List<Capability> capabilities(@Nullable String json) {
    return json == null ? List.of() : List.of(mapper.readValue(json, Capability[].class));
  }

  private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
    return time == null ? null : time.toInstant();
  }
}
