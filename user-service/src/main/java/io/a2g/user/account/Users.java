package io.a2g.user.account;

import io.a2g.common.security.Role;
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

  /** Locks as a deletion does, so that transactions which pin the user come first or wait. */
  @Query(nativeQuery = true, value = "SELECT * FROM users.users WHERE id = ?1 FOR UPDATE")
  Optional<User> findForUpdate(long id);

  /** Locks every live administrator, in id order, so that the last one cannot slip away. */
  @Query(
      nativeQuery = true,
      value =
          """
          SELECT * FROM users.users WHERE role = 'ADMIN' AND deleted_at IS NULL
          ORDER BY id FOR UPDATE
          """)
  List<User> findAdministratorsForUpdate();

  @Query("select count(u) > 0 from User u where u.role = ADMIN and u.deletedAt is null")
  boolean administratorExists();

  @Query(
      """
      select u from User u
      where u.id > :after
        and (:role is null or u.role = :role)
        and (:deptCode is null or u.deptCode = :deptCode)
        and ((:live = true and u.deletedAt is null) or (:live = false and u.deletedAt is not null))
      order by u.id
      """)
  List<User> list(
      long after, @Nullable Role role, @Nullable String deptCode, boolean live, Limit limit);
}
