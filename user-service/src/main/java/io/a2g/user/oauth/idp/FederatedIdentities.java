package io.a2g.user.oauth.idp;

import io.a2g.common.json.StorableText;
import io.a2g.user.account.Department;
import io.a2g.user.account.Profile;
import io.a2g.user.account.User;
import io.a2g.user.account.UserDirectory;
import io.a2g.user.account.UserProvisioning;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Links identities of the provider to users: by issuer and subject, never by e-mail address. The
 * first sign-in makes a pending user; later ones fill in what is empty and overwrite nothing.
 */
@Service
class FederatedIdentities {

  private final JdbcClient jdbc;
  private final UserDirectory users;
  private final UserProvisioning provisioning;
  private final IdentityProviderProperties properties;

  FederatedIdentities(
      JdbcClient jdbc,
      UserDirectory users,
      UserProvisioning provisioning,
      IdentityProviderProperties properties) {
    this.jdbc = jdbc;
    this.users = users;
    this.provisioning = provisioning;
    this.properties = properties;
  }

  /** The user's id; empty when the user may not sign in any more. */
  @Transactional
  Optional<Long> signIn(OidcUser identity) {
    String issuer = properties.issuer();
    String subject = subject(identity);
    // Two first sign-ins at once make one user.
    jdbc.sql("SELECT pg_advisory_xact_lock(hashtextextended(? || ' ' || ?, 0))")
        .params(issuer, subject)
        .query((row, number) -> true)
        .single();
    Optional<Long> known =
        jdbc.sql(
                """
                UPDATE users.identities SET last_signed_in_at = now()
                WHERE issuer = ? AND subject = ? RETURNING user_id
                """)
            .params(issuer, subject)
            .query(Long.class)
            .optional();
    if (known.isPresent()) {
      return known
          .flatMap(users::findAllowedToSignIn)
          .map(user -> provisioning.fillIn(user.id(), profile(identity), department(identity)))
          .map(User::id);
    }
    User made =
        provisioning.addOfIdentityProvider(
            wanted(identity), profile(identity), department(identity));
    jdbc.sql("INSERT INTO users.identities (issuer, subject, user_id) VALUES (?, ?, ?)")
        .params(issuer, subject, made.id())
        .update();
    return Optional.of(made.id());
  }

  // The ID token's validator has demanded one.
  private static String subject(OidcUser identity) {
    return Objects.requireNonNull(identity.getSubject());
  }

  private String wanted(OidcUser identity) {
    @Nullable String name = claim(identity, properties.claims().username(), 254);
    return name == null ? subject(identity) : name;
  }

  private Profile profile(OidcUser identity) {
    var claims = properties.claims();
    return new Profile(
        claim(identity, claims.email(), 254),
        claim(identity, claims.nameKr(), 100),
        claim(identity, claims.nameEn(), 100),
        Profile.DEFAULT_THEME,
        Profile.DEFAULT_LANGUAGE);
  }

  private Department department(OidcUser identity) {
    var claims = properties.claims();
    return new Department(
        claim(identity, claims.deptCode(), 50),
        claim(identity, claims.deptnameKr(), 200),
        claim(identity, claims.deptnameEn(), 200));
  }

  // What does not fit is left out: a strange claim must not prevent a sign-in.
  private static @Nullable String claim(OidcUser identity, String name, int longest) {
    @Nullable Object value = name.isBlank() ? null : identity.getClaims().get(name);
    if (!(value instanceof String text)) {
      return null;
    }
    String clean = text.strip();
    boolean usable =
        !clean.isEmpty()
            && clean.codePointCount(0, clean.length()) <= longest
            && StorableText.isStorable(clean);
    return usable ? StorableText.of(clean) : null;
  }
}
