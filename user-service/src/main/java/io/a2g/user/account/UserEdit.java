package io.a2g.user.account;

import io.a2g.common.json.Name;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/** The part of a user that an administrator may change; the target of a merge patch. */
@Schema(name = "UserUpdateRequest")
public record UserEdit(
    @Size(min = 3, max = 254) @Email @Nullable String email,
    @Name @Size(min = 1, max = 100) @Nullable String usernameKr,
    @Name @Size(min = 1, max = 100) @Nullable String usernameEn,
    @Name @Size(min = 1, max = 50) @Nullable String deptCode,
    @Name @Size(min = 1, max = 200) @Nullable String deptnameKr,
    @Name @Size(min = 1, max = 200) @Nullable String deptnameEn,
    @NotNull @Pattern(regexp = "light|dark|system", message = "must be light, dark or system")
        String themePreference,
    @NotNull @Pattern(regexp = "ko|en", message = "must be ko or en") String languagePreference) {

  /** The two parts of it. */
  public static UserEdit of(Profile profile, Department department) {
    return new UserEdit(
        profile.email(),
        profile.usernameKr(),
        profile.usernameEn(),
        department.code(),
        department.nameKr(),
        department.nameEn(),
        profile.themePreference(),
        profile.languagePreference());
  }
}
