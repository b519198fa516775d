package io.a2g.user.account;

import java.util.Optional;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** The table of departments of a company directory. */
interface DepartmentRows extends Repository<DepartmentRow, Long> {

  DepartmentRow saveAndFlush(DepartmentRow row);

  @Query(nativeQuery = true, value = "SELECT * FROM users.departments WHERE code = ?1 FOR UPDATE")
  Optional<DepartmentRow> findForUpdate(String code);

  void delete(DepartmentRow row);
}
