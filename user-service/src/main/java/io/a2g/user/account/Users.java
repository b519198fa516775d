package io.a2g.user.account;

import io.a2g.common.security.Role;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** The table of users. Single reads need no transaction and open none. */
interface Users extends Repository<User, Long> {

  User saveAndFlush(User user);

  @Query("select u from User u where u.id = ?1")
  Optional<User> find(long id);

  @Query("select u.role from User u where u.id = ?1")
  Optional<Role> findRole(long id);

  /** Locks as a deletion does, so that transactions which pin the user come first or wait. */
  @Query(nativeQuery = true, value = "SELECT * FROM users.users WHERE id = ?1 FOR UPDATE")
  Optional<User> findForUpdate(long id);

  /** As {@link #findForUpdate(long)}, all of them in the order of their ids. */
  @Query(
      nativeQuery = true,
      value = "SELECT * FROM users.users WHERE id IN (?1) ORDER BY id FOR UPDATE")
  List<User> findForUpdate(Collection<Long> ids);

  /** Lets one transaction at a time take an administrator away. */
  @Query(
      nativeQuery = true,
      value = "SELECT count(pg_advisory_xact_lock(hashtext('users.administrators')))")
  int lockAdministrators();

  /** Ids of administrators who may act. */
  @Query(
      """
      select u.id from User u
      where u.role = ADMIN and u.deletedAt is null and u.disabledAt is null order by u.id
      """)
  List<Long> administrators(Limit limit);

  @Query("select count(u) > 0 from User u where u.role = ADMIN and u.deletedAt is null")
  boolean administratorExists();

  /** Users who signed up and wait for a decision. */
  @Query(
      """
      select count(u) from User u
      where u.role = PENDING and u.deletedAt is null and u.signUpExpiresAt is not null
      """)
  long countSignUps();

  /** Users of the identity provider who wait for a decision. */
  @Query(
      nativeQuery = true,
      value =
          """
          SELECT count(*) FROM users.users u
          WHERE u.role = 'PENDING' AND u.deleted_at IS NULL
            AND EXISTS (SELECT 1 FROM users.identities i WHERE i.user_id = u.id)
          """)
  long countPendingOfIdentityProvider();

  /** Those whose sign-up expired without a decision, in the order of their ids. */
  @Query(
      """
      select u.id from User u
      where u.role = PENDING and u.deletedAt is null and u.signUpExpiresAt <= ?1 and u.id > ?2
      order by u.id limit ?3
      """)
  List<Long> expiredSignUps(Instant now, long after, int limit);

  /**
   * How a department's code is written where it is known already, by a description or by a user
   * other than this one, whatever the case of the question; empty when it is new.
   */
  @Query(
      nativeQuery = true,
      value =
          """
          SELECT coalesce(
            (SELECT d.code FROM users.departments d WHERE d.code = ?1),
            (SELECT u.dept_code FROM users.users u
             WHERE u.dept_code = ?1 AND u.id <> ?2 AND u.deleted_at IS NULL LIMIT 1),
            (SELECT d.code FROM users.departments d WHERE lower(d.code) = lower(?1) LIMIT 1),
            (SELECT u.dept_code FROM users.users u
             WHERE lower(u.dept_code) = lower(?1) AND u.id <> ?2 AND u.deleted_at IS NULL LIMIT 1))
          """)
  Optional<String> knownDepartment(String code, long besides);

  @Query("select count(u) > 0 from User u where u.username = ?1 and u.deletedAt is null")
  boolean usernameTaken(String username);

  @Query("select count(u) > 0 from User u where lower(u.email) = lower(?1) and u.deletedAt is null")
  boolean emailTaken(String email);

  /**
   * Users in the order of their ids.
   *
   * @param state name of a {@link UserFilter.State}; must fit {@code live}
   * @param prefix see {@link UserFilter#pattern}; each column has an index that serves it
   */
  @Query(
      """
      select u from User u
      where u.id > :after
        and (:role is null or u.role = :role)
        and (:deptCode is null or u.deptCode = :deptCode)
        and ((:live = true and u.deletedAt is null) or (:live = false and u.deletedAt is not null))
        and (:state is null or :state =
          case when u.deletedAt is not null then 'DELETED'
               when u.disabledAt is not null then 'DISABLED'
               when u.role = PENDING then 'PENDING'
               else 'ACTIVE' end)
        and (:prefix is null
          or u.username like lower(cast(:prefix as string)) escape '!'
          or lower(u.usernameKr) like lower(cast(:prefix as string)) escape '!'
          or lower(u.usernameEn) like lower(cast(:prefix as string)) escape '!'
          or lower(u.email) like lower(cast(:prefix as string)) escape '!')
      order by u.id
      """)
  List<User> list(
      long after,
      @Nullable Role role,
      @Nullable String deptCode,
      boolean live,
      @Nullable String state,
      @Nullable String prefix,
      Limit limit);
}
