package io.a2g.common.environment;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What encrypts secrets in the database ({@code platform.secrets}).
 *
 * @param masterKeys {@code id:base64} of 32 random bytes, separated by commas or white space; the
 *     first encrypts, all decrypt; empty: the service cannot keep such secrets
 */
@ConfigurationProperties("platform.secrets")
public record SecretProperties(@DefaultValue("") String masterKeys) {

  /** Without the keys: records print their components. */
  @Override
  public String toString() {
    return "SecretProperties[]";
  }
}
