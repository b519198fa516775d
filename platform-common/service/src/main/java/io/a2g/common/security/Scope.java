package io.a2g.common.security;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.a2g.common.topology.PlatformSchema;
import java.util.Arrays;
import java.util.Optional;

/** A power that a credential can be limited to; its text is an OAuth 2.0 scope token. */
public enum Scope {
  USERS_READ("users:read"),
  USERS_WRITE("users:write"),
  AGENTS_READ("agents:read"),
  AGENTS_WRITE("agents:write"),
  CHAT_READ("chat:read"),
  CHAT_WRITE("chat:write"),
  TRACING_READ("tracing:read"),
  TRACING_WRITE("tracing:write"),
  ADMIN_READ("admin:read"),
  ADMIN_WRITE("admin:write"),
  /** To act as the administrator that the owner is; without it the owner counts as a user. */
  PLATFORM_ADMIN("platform:admin");

  private final String token;

  Scope(String token) {
    this.token = token;
  }

  /** What the service of a schema asks for a request that changes nothing. */
  static Scope reading(PlatformSchema schema) {
    return valueOf(schema.name() + "_READ");
  }

  /** What the service of a schema asks for every other request. */
  static Scope writing(PlatformSchema schema) {
    return valueOf(schema.name() + "_WRITE");
  }

  /** The scope of this text; empty for those of other purposes, such as {@code openid}. */
  static Optional<Scope> find(String token) {
    return Arrays.stream(values()).filter(scope -> scope.token.equals(token)).findFirst();
  }

  /**
   * The scope of this text in a request.
   *
   * @throws IllegalArgumentException when there is none
   */
  @JsonCreator
  public static Scope of(String token) {
    return find(token).orElseThrow(() -> new IllegalArgumentException("no such scope"));
  }

  /** Its text, such as {@code agents:read}. */
  @JsonValue
  public String token() {
    return token;
  }
}
