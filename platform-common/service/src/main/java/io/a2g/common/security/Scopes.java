package io.a2g.common.security;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a credential may be used for, of all that its user may do.
 *
 * @param granted null: everything, also what later releases add
 */
public record Scopes(@Nullable Set<Scope> granted) {

  /** No limit besides the user's own. */
  public static final Scopes ALL = new Scopes(null);

  public Scopes {
    granted = granted == null ? null : Set.copyOf(granted);
  }

  /**
   * The scopes of these texts; unknown ones grant nothing.
   *
   * @param tokens null: no limit
   */
  public static Scopes parse(@Nullable Collection<String> tokens) {
    return tokens == null
        ? ALL
        : new Scopes(
            tokens.stream().map(Scope::find).flatMap(Optional::stream).collect(Collectors.toSet()));
  }

  /** True when this power is among them. */
  public boolean allow(Scope scope) {
    return granted == null || granted.contains(scope);
  }

  /** True when these include all of the others. */
  public boolean cover(Scopes others) {
    return granted == null || (others.granted != null && granted.containsAll(others.granted));
  }

  /** Their texts in a fixed order; null: no limit. */
  public @Nullable List<String> tokens() {
    return granted == null
        ? null
        : Scope.all().stream().filter(granted::contains).map(Scope::token).toList();
  }
}
