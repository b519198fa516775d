package io.a2g.user.account;

import java.util.Optional;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** The table of departments of a company directory. */
interface DepartmentRows extends Repository<DepartmentRow, Long> {

  DepartmentRow saveAndFlush(DepartmentRow row);

  @Query(nativeQuery = true, value = "SELECT * FROM users.departments WHERE code = ?1 FOR UPDATE")
  Optional<DepartmentRow> findForUpdate(String code);

  /**
   * Adds a row unless there is one, and waits for a transaction that adds it.
   *
   * @return 1 when it was added, 0 when it was there
   */
  @Modifying
  @Query(
      nativeQuery = true,
      value =
          """
          INSERT INTO users.departments (code, display_name) VALUES (?1, ?2)
          ON CONFLICT (code) DO NOTHING
          """)
  int addIfMissing(String code, String displayName);

  /** Lets one transaction at a time give a department a name. */
  @Query(
      nativeQuery = true,
      value = "SELECT count(pg_advisory_xact_lock(hashtext('users.department_names')))")
  int lockNames();

  void delete(DepartmentRow row);
}
