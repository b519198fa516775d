package io.a2g.user.account;

import io.a2g.common.persistence.Versioned;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import org.jspecify.annotations.Nullable;

/** A department of a company directory. Departments without a row exist too. */
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

  /** A department as the audit records it. */
  record Snapshot(String code, String displayName, @Nullable String externalId) {}

  Snapshot snapshot() {
    return new Snapshot(code, displayName, externalId);
  }

  void describe(String name, @Nullable String directoryId) {
    displayName = name;
    externalId = directoryId;
  }
}
