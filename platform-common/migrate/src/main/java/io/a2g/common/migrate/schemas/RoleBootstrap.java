package io.a2g.common.migrate.schemas;

import static io.a2g.common.database.Sql.literal;

import io.a2g.common.database.Sql;
import io.a2g.common.migrate.ExitCode;
import io.a2g.common.migrate.MigrationFailure;
import io.a2g.common.topology.PlatformSchema;
import java.sql.SQLException;
import java.util.Map;
import java.util.function.Consumer;

/** The three roles of a schema: attributes, passwords, memberships and settings. */
final class RoleBootstrap {

  private final Sql sql;
  private final Consumer<String> made;

  RoleBootstrap(Sql sql, Consumer<String> made) {
    this.sql = sql;
    this.made = made;
  }

  /** Stops before anything is changed when the user may not create roles. */
  void requireRight() throws SQLException {
    if (!sql.isTrue(
        "SELECT rolsuper OR rolcreaterole FROM pg_roles WHERE rolname = current_user")) {
      throw new MigrationFailure(
          ExitCode.NO_RIGHT,
          "user %s may not create roles; rerun with --single-user, or give a user with CREATEROLE"
              .formatted(sql.text("SELECT current_user")));
    }
  }

  void create(PlatformSchema schema, Map<String, String> passwords) throws SQLException {
    createRole(schema.ownerRole(), false);
    becomeMember(schema.ownerRole());
    for (String login : new String[] {schema.migratorRole(), schema.appRole()}) {
      boolean isNew = createRole(login, true);
      setPassword(login, passwords.getOrDefault(login, ""), isNew);
      set(login, "search_path", schema.schemaName() + ", public", true);
      // No session waits longer for a lock, so that one that is stuck does not queue all the others
      // behind it.
      set(login, "lock_timeout", "3s", false);
    }
    if (!sql.isTrue(
        "SELECT pg_has_role(?, ?, 'MEMBER')", schema.migratorRole(), schema.ownerRole())) {
      sql.execute("GRANT %s TO %s".formatted(schema.ownerRole(), schema.migratorRole()));
    }
    set(schema.migratorRole(), "role", schema.ownerRole(), true);
    set(schema.appRole(), "statement_timeout", "30s", false);
    set(schema.appRole(), "idle_in_transaction_session_timeout", "60s", false);
  }

  /** Returns whether the role is new. */
  private boolean createRole(String role, boolean login) throws SQLException {
    String canLogin = sql.text("SELECT rolcanlogin FROM pg_roles WHERE rolname = ?", role);
    String attribute = login ? "LOGIN" : "NOLOGIN";
    if (canLogin == null) {
      sql.execute("CREATE ROLE %s %s".formatted(role, attribute));
      made.accept("role %s (%s)".formatted(role, attribute));
      return true;
    }
    if (login != canLogin.equals("t")) {
      sql.execute("ALTER ROLE %s %s".formatted(role, attribute));
      made.accept("role %s is %s now".formatted(role, attribute));
    }
    return false;
  }

  /** A user without superuser rights can hand things over only to a role that it is a member of. */
  private void becomeMember(String owner) throws SQLException {
    if (!sql.isTrue("SELECT pg_has_role(current_user, ?, 'USAGE')", owner)) {
      sql.execute("GRANT %s TO CURRENT_USER".formatted(owner));
    }
  }

  /**
   * The roles file decides. Where the stored verifier can be read (superusers) and fits, nothing is
   * written; elsewhere it is set at each run, which is harmless: sessions stay, and the password is
   * the same.
   */
  private void setPassword(String role, String password, boolean isNew) throws SQLException {
    boolean readable = sql.isTrue("SELECT has_table_privilege('pg_catalog.pg_authid', 'SELECT')");
    if (readable
        && ScramVerifier.matches(
            sql.text("SELECT rolpassword FROM pg_authid WHERE rolname = ?", role), password)) {
      return;
    }
    sql.execute("ALTER ROLE %s PASSWORD %s".formatted(role, literal(ScramVerifier.of(password))));
    if (readable && !isNew) {
      made.accept("password of " + role);
    }
  }

  /**
   * Sets a default of the role.
   *
   * @param enforced whether a value that an operator chose is replaced
   */
  private void set(String role, String setting, String value, boolean enforced)
      throws SQLException {
    String current =
        sql.text(
            """
            SELECT split_part(entry, '=', 2)
            FROM pg_db_role_setting s JOIN pg_roles r ON r.oid = s.setrole, unnest(s.setconfig) entry
            WHERE s.setdatabase = 0 AND r.rolname = ? AND split_part(entry, '=', 1) = ?
            """,
            role,
            setting);
    if (current == null || (enforced && !current.equals(value))) {
      // The search path is a list of names, everything else one value.
      String written = setting.equals("search_path") ? value : literal(value);
      sql.execute("ALTER ROLE %s SET %s = %s".formatted(role, setting, written));
    }
  }
}
