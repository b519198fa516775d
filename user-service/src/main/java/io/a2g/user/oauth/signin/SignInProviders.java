package io.a2g.user.oauth.signin;

import java.util.Optional;

/** Whether users can be sent to an identity provider. */
@FunctionalInterface
public interface SignInProviders {

  /** The display name of the provider; empty when there is none. */
  Optional<String> name();
}
