package io.a2g.user.oauth;

import java.net.URI;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The issuer of tokens ({@code platform.security}).
 *
 * @param issuer address of user-service as browsers and clients see it, without a path
 */
@ConfigurationProperties("platform.security")
public record IssuerProperties(@DefaultValue("http://127.0.0.1:8001") URI issuer) {

  /** True when browsers reach the issuer by https, so that cookies are for https alone. */
  public boolean isSecure() {
    return "https".equals(issuer.getScheme());
  }
}
