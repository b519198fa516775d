package io.a2g.user.oauth.signin;

import io.a2g.common.headers.ContentPolicy;
import io.a2g.user.oauth.IssuerProperties;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.web.servlet.HandlerExceptionResolver;

/** The filter chain of the sign-in pages, before the one for the API. */
@Configuration(proxyBeanMethods = false)
class SignInConfiguration {

  private static final int BEFORE_THE_API = 20;

  // form-action also holds for where an answered form redirects to, which is the client: https or
  // this machine, as its registration demands.
  private static final String CONTENT_SECURITY_POLICY =
      "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'; form-action"
          + " 'self' https: http://127.0.0.1:* http://localhost:* http://[::1]:*";

  @Bean
  @Order(BEFORE_THE_API)
  SecurityFilterChain signInFilterChain(
      HttpSecurity http,
      CookieSecurityContextRepository sessions,
      IssuerProperties issuer,
      @Qualifier("handlerExceptionResolver") HandlerExceptionResolver problems) {
    return http.securityMatcher(SignInTarget.PAGE, SignInTarget.PAGE + "/**")
        .csrf(csrf -> csrf.csrfTokenRepository(csrfTokens(issuer)))
        .securityContext(context -> context.securityContextRepository(sessions))
        .requestCache(AbstractHttpConfigurer::disable)
        .logout(AbstractHttpConfigurer::disable)
        .sessionManagement(s -> s.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .authorizeHttpRequests(rules ->
            rules
                .requestMatchers(SignInTarget.PAGE, SignInTarget.PAGE + "/**")
                .permitAll()
                .anyRequest()
                .denyAll())
        .exceptionHandling(handling ->
            handling.accessDeniedHandler((request, response, failure) ->
                problems.resolveException(request, response, null, failure)))
        .build();
  }

  @Bean
  ContentPolicy signInContentPolicy() {
    return new ContentPolicy(SignInTarget.PAGE, CONTENT_SECURITY_POLICY);
  }

  // Two endpoints show people a page when they refuse a request: RefusalPage.
  @Bean
  ContentPolicy refusedAuthorizationContentPolicy() {
    return new ContentPolicy("/oauth2/authorize", CONTENT_SECURITY_POLICY);
  }

  @Bean
  ContentPolicy refusedLogoutContentPolicy() {
    return new ContentPolicy("/connect/logout", CONTENT_SECURITY_POLICY);
  }

  private static CookieCsrfTokenRepository csrfTokens(IssuerProperties issuer) {
    CookieCsrfTokenRepository tokens = new CookieCsrfTokenRepository();
    tokens.setCookieName("a2g_csrf");
    tokens.setCookiePath(SignInTarget.PAGE);
    tokens.setCookieCustomizer(
        cookie -> cookie.httpOnly(true).secure(issuer.isSecure()).sameSite("Lax"));
    return tokens;
  }
}
