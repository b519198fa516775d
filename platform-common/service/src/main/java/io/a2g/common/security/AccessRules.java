package io.a2g.common.security;

import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AuthorizeHttpRequestsConfigurer;

/** Rules of one service, asked before the shared ones. Declare as a bean. */
@FunctionalInterface
public interface AccessRules {

  /** Adds rules; the first that matches a request decides. */
  void addTo(
      AuthorizeHttpRequestsConfigurer<HttpSecurity>.AuthorizationManagerRequestMatcherRegistry
          rules);
}
