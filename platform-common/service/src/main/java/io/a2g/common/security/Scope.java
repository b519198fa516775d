package io.a2g.common.security;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.a2g.common.topology.PlatformSchema;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A power that a credential can be limited to; its text is an OAuth 2.0 scope token. Each schema of
 * the platform has two, {@code read} and {@code write}.
 */
public final class Scope {

  /** To act as the administrator that the owner is; without it the owner counts as a user. */
  public static final Scope PLATFORM_ADMIN = new Scope("platform:admin");

  private static final List<Scope> ALL =
      Stream.concat(
              Stream.of(PlatformSchema.values())
                  .flatMap(schema -> Stream.of(token(schema, "read"), token(schema, "write")))
                  .map(Scope::new),
              Stream.of(PLATFORM_ADMIN))
          .toList();

  private final String token;

  private Scope(String token) {
    this.token = token;
  }

  private static String token(PlatformSchema schema, String power) {
    return schema.schemaName() + ":" + power;
  }

  /** All scopes, in the order in which documents list them. */
  public static List<Scope> all() {
    return ALL;
  }

  /** What the service of a schema asks for a request that changes nothing. */
  static Scope reading(PlatformSchema schema) {
    return of(token(schema, "read"));
  }

  /** What the service of a schema asks for every other request. */
  static Scope writing(PlatformSchema schema) {
    return of(token(schema, "write"));
  }

  /** The scope of this text; empty for those of other purposes, such as {@code openid}. */
  static Optional<Scope> find(String token) {
    return ALL.stream().filter(scope -> scope.token.equals(token)).findFirst();
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

  @Override
  public String toString() {
    return token;
  }
}
