package io.a2g.common.audit;

import io.a2g.common.topology.PlatformSchema;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Writes and reads {@code audit_events} of this service's schema. */
public class AuditLog {

  private final JdbcClient jdbc;
  private final JsonMapper mapper;
  private final String schema;

  AuditLog(JdbcClient jdbc, JsonMapper mapper, PlatformSchema schema) {
    this(jdbc, mapper, schema.schemaName());
  }

  private AuditLog(JdbcClient jdbc, JsonMapper mapper, String schema) {
    this.jdbc = jdbc;
    this.mapper = mapper;
    this.schema = schema;
  }

  /** The same log for a change whose transaction is not Spring's but that of this connection. */
  public AuditLog on(Connection connection) {
    return new AuditLog(
        JdbcClient.create(new SingleConnectionDataSource(connection, true)), mapper, schema);
  }

  /**
   * Writes down a change in the transaction that makes it: both are there or neither. Two equal
   * states are no change, and no event.
   *
   * @param action resource and verb, such as {@code user.role_changed}
   * @param resourceType such as {@code user}
   * @param before the state before, without secrets; null: nothing was there
   * @param after the state after, without secrets; null: nothing is left. Of two states only what
   *     differs is kept
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public void record(
      String action,
      String resourceType,
      long resourceId,
      @Nullable Object before,
      @Nullable Object after) {
    ObjectNode was = before == null ? null : mapper.valueToTree(before);
    ObjectNode is = after == null ? null : mapper.valueToTree(after);
    if (was != null && is != null) {
      for (String name : List.copyOf(was.propertyNames())) {
        if (Objects.equals(was.get(name), is.get(name))) {
          was.remove(name);
          is.remove(name);
        }
      }
      if (was.isEmpty() && is.isEmpty()) {
        return;
      }
    }
    Origin origin = Origin.current();
    jdbc.sql(
            """
            INSERT INTO %s.audit_events (actor_id, api_key_id, action, resource_type, resource_id,
              before, after, client_address, user_agent, trace_id)
            VALUES (?, ?, ?, ?, ?, CAST(? AS jsonb), CAST(? AS jsonb), CAST(? AS inet), ?, ?)
            """
                .formatted(schema))
        .param(origin.caller() == null ? null : origin.caller().userId())
        .param(origin.caller() == null ? null : origin.caller().apiKeyId())
        .param(action)
        .param(resourceType)
        .param(Long.toString(resourceId))
        .param(was == null ? null : was.toString())
        .param(is == null ? null : is.toString())
        .param(origin.clientAddress())
        .param(origin.userAgent())
        .param(origin.traceId())
        .update();
  }

  /** Events below an id, newest first. */
  public List<AuditEvent> list(AuditFilter filter, long before, int limit) {
    return jdbc.sql(
            """
            SELECT id, occurred_at, actor_id, api_key_id, action, resource_type, resource_id,
              before, after, host(client_address), user_agent, trace_id
            FROM %s.audit_events
            WHERE id < :before
              AND (CAST(:actor AS bigint) IS NULL OR actor_id = :actor)
              AND (CAST(:action AS text) IS NULL OR action = :action)
              AND (CAST(:type AS text) IS NULL OR resource_type = :type)
              AND (CAST(:resource AS text) IS NULL OR resource_id = :resource)
              AND (CAST(:from AS timestamptz) IS NULL OR occurred_at >= :from)
              AND (CAST(:to AS timestamptz) IS NULL OR occurred_at < :to)
            ORDER BY id DESC LIMIT :limit
            """
                .formatted(schema))
        .param("before", before)
        .param("actor", filter.actorId())
        .param("action", filter.action())
        .param("type", filter.resourceType())
        .param("resource", filter.resourceId())
        .param("from", utc(filter.from()))
        .param("to", utc(filter.to()))
        .param("limit", limit)
        .query((row, number) -> event(row))
        .list();
  }

  private AuditEvent event(ResultSet row) throws SQLException {
    return new AuditEvent(
        row.getLong(1),
        row.getObject(2, OffsetDateTime.class).toInstant(),
        (Long) row.getObject(3),
        (Long) row.getObject(4),
        row.getString(5),
        row.getString(6),
        row.getString(7),
        json(row.getString(8)),
        json(row.getString(9)),
        row.getString(10),
        row.getString(11),
        row.getString(12));
  }

  private @Nullable JsonNode json(@Nullable String text) {
    return text == null ? null : mapper.readTree(text);
  }

  private static @Nullable OffsetDateTime utc(@Nullable Instant time) {
    return time == null ? null : time.atOffset(ZoneOffset.UTC);
  }
}
