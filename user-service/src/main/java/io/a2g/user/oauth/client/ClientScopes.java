package io.a2g.user.oauth.client;

import java.util.List;

/** What a client may ask for. */
public final class ClientScopes {

  /** For services among themselves; no user can grant it. */
  public static final String INTERNAL = "internal";

  /** All of them, in the order in which documents list them. */
  public static final List<String> ALL =
      List.of(
          "openid",
          "profile",
          "email",
          "offline_access",
          "users:read",
          "users:write",
          "agents:read",
          "agents:write",
          "chat:read",
          "chat:write",
          "tracing:read",
          "tracing:write",
          "admin:read",
          "admin:write",
          "platform:admin",
          INTERNAL);

  private ClientScopes() {}
}
