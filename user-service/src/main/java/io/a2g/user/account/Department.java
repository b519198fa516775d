package io.a2g.user.account;

import org.jspecify.annotations.Nullable;

/**
 * Where a user works. Users of one code are a team and see each other's team agents, so only an
 * administrator sets it.
 *
 * @param code language-neutral code; null when unknown
 */
public record Department(@Nullable String code, @Nullable String nameKr, @Nullable String nameEn) {

  /** Of a user who is in none, as far as is known. */
  public static final Department NONE = new Department(null, null, null);

  Department completedBy(Department other) {
    return new Department(
        Profile.either(code, other.code),
        Profile.either(nameKr, other.nameKr),
        Profile.either(nameEn, other.nameEn));
  }
}
