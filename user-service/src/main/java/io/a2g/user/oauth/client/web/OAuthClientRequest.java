package io.a2g.user.oauth.client.web;

import io.a2g.common.json.Name;
import io.a2g.user.oauth.client.ClientDraft;
import io.a2g.user.oauth.client.GrantType;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A client to register.
 *
 * @param confidential whether it gets a secret; true when absent
 * @param redirectUris where codes may be sent; none when absent
 * @param postLogoutRedirectUris where users may be sent after signing out; none when absent
 * @param consentRequired whether users are asked first; false when absent
 */
record OAuthClientRequest(
    @NotNull
        @Pattern(
            regexp = "[a-z0-9][a-z0-9._-]{2,63}",
            message =
                "must be 3 to 64 lower-case letters, digits, dots, dashes or underscores,"
                    + " beginning with a letter or digit")
        String clientId,
    @NotNull @Name @Size(min = 1, max = 100) String name,
    @Nullable Boolean confidential,
    @NotEmpty @Size(max = 3) List<@NotNull GrantType> grantTypes,
    @Size(max = 20) @Nullable List<@NotNull String> redirectUris,
    @Size(max = 20) @Nullable List<@NotNull String> postLogoutRedirectUris,
    @NotEmpty @Size(max = 20) List<@NotNull String> scopes,
    @Nullable Boolean consentRequired) {

  boolean isConfidential() {
    return confidential == null || confidential;
  }

  ClientDraft draft() {
    return new ClientDraft(
        clientId,
        name,
        grantTypes.stream().distinct().toList(),
        distinct(redirectUris),
        distinct(postLogoutRedirectUris),
        distinct(scopes),
        consentRequired != null && consentRequired);
  }

  private static List<String> distinct(@Nullable List<String> values) {
    return values == null ? List.of() : values.stream().distinct().toList();
  }
}
