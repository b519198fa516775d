package io.a2g.user.oauth.idp;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The company's identity provider ({@code platform.sign-in.idp}).
 *
 * @param issuer its OpenID Connect issuer; empty: there is none
 * @param name its name on the button; empty: the issuer's host
 * @param clientId of this platform there
 * @param clientSecret empty: this platform is a public client there
 * @param scopes to ask for
 * @param claims names of its claims
 * @param connectTimeout to it; 2 s when absent
 * @param answerTimeout of one answer; 5 s when absent
 */
@ConfigurationProperties("platform.sign-in.idp")
record IdentityProviderProperties(
    @DefaultValue("") String issuer,
    @DefaultValue("") String name,
    @DefaultValue("") String clientId,
    @DefaultValue("") String clientSecret,
    @DefaultValue({"openid", "profile", "email"}) List<String> scopes,
    @DefaultValue Claims claims,
    @DefaultValue("2s") Duration connectTimeout,
    @DefaultValue("5s") Duration answerTimeout) {

  /** Names of claims; empty: nothing is taken from it. */
  record Claims(
      @DefaultValue("preferred_username") String username,
      @DefaultValue("email") String email,
      @DefaultValue("") String nameKr,
      @DefaultValue("name") String nameEn,
      @DefaultValue("") String deptCode,
      @DefaultValue("") String deptnameKr,
      @DefaultValue("") String deptnameEn) {}

  /** Never the secret: records print their components. */
  @Override
  public String toString() {
    return "IdentityProviderProperties[" + issuer + "]";
  }
}
