package io.a2g.user.account;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
      SELECT * FROM known k WHERE\s
      """;

  private static final String MEMBERS =
      """
      SELECT d.code, m.id FROM unnest(?) AS d (code) CROSS JOIN LATERAL (
        SELECT u.id FROM users.users u WHERE u.dept_code = d.code AND u.deleted_at IS NULL
        ORDER BY u.id LIMIT ?) m
      ORDER BY d.code, m.id
      """;

  private final JdbcClient jdbc;

  DepartmentList(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  List<DepartmentSummary> page(SearchCondition condition, int offset, int limit) {
    return jdbc.sql(
            """
            SELECT f.code, f.display_name, f.external_id, f.version, m.members, f.created_at,
              greatest(f.updated_at, m.changed_at)
            FROM (%s ORDER BY k.code OFFSET ? LIMIT ?) f
            CROSS JOIN LATERAL (
              SELECT count(*) AS members, max(u.updated_at) AS changed_at FROM users.users u
              WHERE u.dept_code = f.code AND u.deleted_at IS NULL) m
            ORDER BY f.code
            """
                .formatted(FOUND + condition.sql()))
        .params(condition.values(offset, limit))
        .query((row, number) -> summary(row))
        .list();
  }

  long count(SearchCondition condition) {
    return jdbc.sql("SELECT count(*) FROM (" + FOUND + condition.sql() + ") f")
        .params(condition.values())
        .query(Long.class)
        .single();
  }

  /** Code → ids of live users, ascending, at most so many; codes without any are missing. */
  Map<String, List<Long>> members(Collection<String> codes, int limit) {
    Map<String, List<Long>> members = new HashMap<>();
    jdbc.sql(MEMBERS)
        .params(codes.toArray(String[]::new), limit)
        .query(row -> {
          members.computeIfAbsent(row.getString(1), code -> new ArrayList<>()).add(row.getLong(2));
        });
    return members;
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
