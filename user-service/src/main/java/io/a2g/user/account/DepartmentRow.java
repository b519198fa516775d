package io.a2g.user.account;

import io.a2g.common.persistence.Versioned;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import org.jspecify.annotations.Nullable;

/** What a company directory says about a department. Departments without a row exist too. */
@Entity
@Table(name = "departments", schema = "users")
class DepartmentRow extends Versioned {

  private String code;
  private String displayName;
  private @Nullable String externalId;

  /** For JPA. */
  protected DepartmentRow() {}

  DepartmentRow(String code, String displayName, @Nullable String externalId) {
    this.code = code;
    this.displayName = displayName;
    this.externalId = externalId;
  }

  /** What the audit keeps of it. */
  record State(String code, String displayName, @Nullable String externalId) {}

  State state() {
    return new State(code, displayName, externalId);
  }

  void describe(String name, @Nullable String directoryId) {
    displayName = name;
    externalId = directoryId;
  }
}
