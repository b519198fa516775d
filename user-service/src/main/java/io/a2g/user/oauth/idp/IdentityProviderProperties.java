package io.a2g.user.oauth.idp;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The company's identity provider ({@code platform.sign-in.idp}).
 *
 * @param issuer its OpenID Connect issuer; empty: there is none
 * @param name what people call it, on the button; empty: the issuer's host
 * @param clientId what it knows this platform by
 * @param clientSecret empty: it knows this platform as a public client
 * @param scopes what it is asked for
 * @param claims which of its claims are what here
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

  boolean isSet() {
    return !issuer.isBlank();
  }

  /** Never the secret: records print their components. */
  @Override
  public String toString() {
    return "IdentityProviderProperties[" + issuer + "]";
  }
}
