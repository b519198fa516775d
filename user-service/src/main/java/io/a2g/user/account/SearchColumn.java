package io.a2g.user.account;

/**
 * What a directory can search users and departments by. The SQL of a user names the table {@code
 * u}, that of a department {@link DepartmentList}'s {@code k}.
 */
public enum SearchColumn {
  USER_ID(Kind.ID, "u.id"),
  /** Kept in lower case. */
  USER_NAME(Kind.FOLDED, "u.username"),
  USER_EXTERNAL_ID(Kind.TEXT, "u.external_id"),
  USER_DISPLAY_NAME(Kind.FOLDED, "lower(coalesce(u.username_kr, u.username_en))"),
  USER_WHOLE_NAME(Kind.FOLDED, "lower(u.username_en)"),
  USER_GIVEN_NAME(Kind.FOLDED, "lower(u.given_name)"),
  USER_FAMILY_NAME(Kind.FOLDED, "lower(u.family_name)"),
  USER_EMAIL(Kind.FOLDED, "lower(u.email)"),
  /** The one kind of address that is kept: work. */
  USER_EMAIL_TYPE(Kind.FOLDED, "CASE WHEN u.email IS NOT NULL THEN 'work' END"),
  USER_EMAIL_PRIMARY(Kind.TRUTH, "CASE WHEN u.email IS NOT NULL THEN true END"),
  USER_LANGUAGE(Kind.FOLDED, "u.language_preference"),
  USER_ACTIVE(Kind.TRUTH, "(u.disabled_at IS NULL)"),
  USER_DEPARTMENT(Kind.TEXT, "u.dept_code"),
  USER_CREATED_AT(Kind.TIME, "u.created_at"),
  USER_UPDATED_AT(Kind.TIME, "u.updated_at"),
  DEPARTMENT_CODE(Kind.TEXT, "k.code"),
  DEPARTMENT_NAME(Kind.FOLDED, "lower(k.display_name)"),
  DEPARTMENT_EXTERNAL_ID(Kind.TEXT, "k.external_id"),
  /** Id of a live user who is in it; can only be compared for equality. */
  DEPARTMENT_MEMBER(Kind.MEMBER, "k.code");

  enum Kind {
    /** The number of a row. */
    ID,
    /** A text that is compared as it is. */
    TEXT,
    /** A text that is compared in any case. */
    FOLDED,
    TRUTH,
    TIME,
    MEMBER
  }

  private final Kind kind;
  private final String sql;

  SearchColumn(Kind kind, String sql) {
    this.kind = kind;
    this.sql = sql;
  }

  Kind kind() {
    return kind;
  }

  String sql() {
    return sql;
  }
}
