package io.a2g.common.security;

/** What a user may do on the platform. */
public enum Role {
  /** Signed up, not approved: may read and complete the own profile, nothing else. */
  PENDING,
  /** Sees and changes the own things. */
  USER,
  /** Governs users, keys, models, usage and cost; sees and changes everything. */
  ADMIN;

  /** The name Spring Security knows this role by. */
  public String authority() {
    return "ROLE_" + name();
  }
}
