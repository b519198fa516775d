package io.a2g.user.oauth.client;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** How a client gets tokens. */
public enum GrantType {
  /** A user signs in and the client gets a code, with PKCE. */
  @JsonProperty("authorization_code")
  AUTHORIZATION_CODE,
  /** The client goes on after the access token has expired. */
  @JsonProperty("refresh_token")
  REFRESH_TOKEN,
  /** The client acts for itself. */
  @JsonProperty("client_credentials")
  CLIENT_CREDENTIALS;

  /** The name in OAuth and in the database. */
  public String value() {
    return name().toLowerCase(Locale.ROOT);
  }
}
