package io.a2g.user.account;

import io.a2g.common.persistence.SoftDeletable;
import io.a2g.common.security.Role;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Table;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.hibernate.annotations.ColumnDefault;
import org.jspecify.annotations.Nullable;

/** A user of the platform. */
@Entity
@Table(name = "users", schema = "users")
public class User extends SoftDeletable {

  private String username;
  private @Nullable String email;

  @Enumerated(EnumType.STRING)
  @ColumnDefault("'PENDING'")
  private Role role;

  private @Nullable String usernameKr;
  private @Nullable String usernameEn;
  private @Nullable String deptCode;
  private @Nullable String deptnameKr;
  private @Nullable String deptnameEn;

  @ColumnDefault("'system'")
  private String themePreference;

  @ColumnDefault("'en'")
  private String languagePreference;

  private @Nullable Instant disabledAt;
  private @Nullable Instant signedOutAt;
  private @Nullable String externalId;
  private @Nullable Instant signUpExpiresAt;
  private @Nullable String givenName;
  private @Nullable String familyName;

  /**
   * A user as the audit records it.
   *
   * @param reason why it was changed; null: none is given
   */
  record Snapshot(
      String username,
      Role role,
      Profile profile,
      Department department,
      @Nullable String externalId,
      @Nullable String givenName,
      @Nullable String familyName,
      @Nullable Instant disabledAt,
      @Nullable Instant signedOutAt,
      @Nullable Instant deletedAt,
      @Nullable String reason) {}

  /** For JPA. */
  protected User() {}

  User(String username, Role role, Profile profile, Department department) {
    this.username = username;
    this.role = role;
    update(UserEdit.of(profile, department));
  }

  final void update(UserEdit edit) {
    email = edit.email();
    usernameKr = edit.usernameKr();
    usernameEn = edit.usernameEn();
    deptCode = edit.deptCode();
    deptnameKr = edit.deptnameKr();
    deptnameEn = edit.deptnameEn();
    themePreference = edit.themePreference();
    languagePreference = edit.languagePreference();
  }

  Snapshot snapshot(@Nullable String reason) {
    return new Snapshot(
        username,
        role,
        profile(),
        department(),
        externalId,
        givenName,
        familyName,
        disabledAt,
        signedOutAt,
        deletedAt(),
        reason);
  }

  void changeRole(Role next) {
    role = next;
    signUpExpiresAt = null;
  }

  void expireSignUp(Instant at) {
    signUpExpiresAt = at.truncatedTo(ChronoUnit.MICROS); // what the database keeps
  }

  boolean signUpExpired(Instant now) {
    return signUpExpiresAt != null && !signUpExpiresAt.isAfter(now);
  }

  /** Restored by an administrator, so not a stranger's sign-up any more. */
  @Override
  public void restore(Instant now) {
    super.restore(now);
    signUpExpiresAt = null;
  }

  /** Takes over what only a directory says. */
  void identify(DirectoryEntry entry) {
    username = entry.username();
    externalId = entry.externalId();
    givenName = entry.givenName();
    familyName = entry.familyName();
  }

  void spellDepartment(String code) {
    deptCode = code;
  }

  void disable(Instant now) {
    if (disabledAt == null) {
      disabledAt = now.truncatedTo(ChronoUnit.MICROS); // what the database keeps
      signOut(now);
    }
  }

  /** Marks it deleted, and signs out: restoring brings no session back. */
  @Override
  public void delete(Instant now) {
    super.delete(now);
    signOut(now);
  }

  /** Ends every session and grant of a sign-in before. */
  void signOut(Instant now) {
    signedOutAt = now.truncatedTo(ChronoUnit.MICROS);
  }

  void enable() {
    disabledAt = null;
  }

  /** Sign-in name: lower case, unique among live users. */
  public String username() {
    return username;
  }

  /** The role, which decides what the user may do. */
  public Role role() {
    return role;
  }

  /** Since when the user is disabled, whatever the role; null: is not. */
  public @Nullable Instant disabledAt() {
    return disabledAt;
  }

  /** The id in the company directory, unique among live users; null when none is known. */
  public @Nullable String externalId() {
    return externalId;
  }

  /** As the company directory has it; null when it gave none. The whole name is the profile's. */
  public @Nullable String givenName() {
    return givenName;
  }

  /** See {@link #givenName()}. */
  public @Nullable String familyName() {
    return familyName;
  }

  /** True when the user may use the platform: approved, not disabled, not deleted. */
  public boolean isActive() {
    return role != Role.PENDING && disabledAt == null && isLive();
  }

  /** The part the user may edit. */
  public Profile profile() {
    return new Profile(email, usernameKr, usernameEn, themePreference, languagePreference);
  }

  /** The department, which is the team. */
  public Department department() {
    return new Department(deptCode, deptnameKr, deptnameEn);
  }
}
