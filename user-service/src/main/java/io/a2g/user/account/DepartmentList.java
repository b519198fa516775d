package io.a2g.user.account;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads departments: those of a company directory and those that live users are in. */
@Component
class DepartmentList {

  private static final String FOUND =
      """
      WITH known AS (
        SELECT d.code, d.display_name, d.external_id, d.version, d.created_at, d.updated_at
        FROM users.departments d
        UNION ALL
        SELECT u.dept_code, coalesce(max(u.deptname_en), max(u.deptname_kr), u.dept_code), NULL, -1,
          min(u.created_at), max(u.updated_at)
        FROM users.users u
        WHERE u.dept_code IS NOT NULL AND u.deleted_at IS NULL
          AND NOT EXISTS (SELECT FROM users.departments d WHERE d.code = u.dept_code)
        GROUP BY u.dept_code)
      SELECT * FROM known k
      WHERE (CAST(:code AS text) IS NULL OR k.code = :code)
        AND (CAST(:name AS text) IS NULL OR lower(k.display_name) = lower(:name))
        AND (CAST(:externalId AS text) IS NULL OR k.external_id = :externalId)
        AND (CAST(:member AS bigint) IS NULL OR k.code =
          (SELECT m.dept_code FROM users.users m WHERE m.id = :member AND m.deleted_at IS NULL))
      """;

  private final JdbcClient jdbc;

  DepartmentList(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  List<DepartmentSummary> page(DepartmentQuery query, int offset, int limit) {
    return asking(
            """
            SELECT f.code, f.display_name, f.external_id, f.version, m.members, f.created_at,
              greatest(f.updated_at, m.changed_at)
            FROM (%s ORDER BY k.code OFFSET :offset LIMIT :limit) f
            CROSS JOIN LATERAL (
              SELECT count(*) AS members, max(u.updated_at) AS changed_at FROM users.users u
              WHERE u.dept_code = f.code AND u.deleted_at IS NULL) m
            ORDER BY f.code
            """,
            query)
        .param("offset", offset)
        .param("limit", limit)
        .query((row, number) -> summary(row))
        .list();
  }

  long count(DepartmentQuery query) {
    return asking("SELECT count(*) FROM (%s) f", query).query(Long.class).single();
  }

  private JdbcClient.StatementSpec asking(String sql, DepartmentQuery query) {
    return jdbc.sql(sql.formatted(FOUND))
        .param("code", query.code())
        .param("name", query.displayName())
        .param("externalId", query.externalId())
        .param("member", query.memberId());
  }

  private static DepartmentSummary summary(ResultSet row) throws SQLException {
    return new DepartmentSummary(
        row.getString(1),
        row.getString(2),
        row.getString(3),
        row.getInt(4),
        row.getLong(5),
        row.getObject(6, OffsetDateTime.class).toInstant(),
        row.getObject(7, OffsetDateTime.class).toInstant());
  }
}
