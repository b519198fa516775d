package io.a2g.user.oauth.client;

import io.a2g.common.security.Scope;
import java.util.List;
import java.util.stream.Stream;

/** The scopes that a client may ask for. */
public final class ClientScopes {

  /** For services among themselves; no user can grant it. */
  public static final String INTERNAL = "internal";

  /** All of them, in the order in which documents list them. */
  public static final List<String> ALL =
      Stream.of(
              Stream.of("openid", "profile", "email", "offline_access"),
              Scope.all().stream().map(Scope::token),
              Stream.of(INTERNAL))
          .flatMap(scopes -> scopes)
          .toList();

  private ClientScopes() {}
}
