package io.a2g.common.headers;

import io.a2g.common.filter.FilterOrder;
import jakarta.servlet.DispatcherType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jetty.servlet.JettyServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.UrlBasedCorsConfigurationSource;
import org.springframework.web.filter.CorsFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;

/** Headers, origins and addresses of every service. */
@AutoConfiguration
@EnableConfigurationProperties({CorsProperties.class, ProxyProperties.class})
public class HeadersAutoConfiguration {

  @Bean
  FilterRegistrationBean<SecurityHeadersFilter> securityHeadersFilter(
      ObjectProvider<ContentPolicy> policies) {
    List<ContentPolicy> all = new ArrayList<>(policies.orderedStream().toList());
    all.add(ContentPolicy.SWAGGER_UI);
    var registration = FilterOrder.HEADERS.register(new SecurityHeadersFilter(all));
    registration.setDispatcherTypes(DispatcherType.REQUEST, DispatcherType.ERROR);
    return registration;
  }

  @Bean
  FilterRegistrationBean<QueryCredentialFilter> queryCredentialFilter(
      @Qualifier("handlerExceptionResolver") HandlerExceptionResolver problems) {
    return FilterOrder.QUERY_CREDENTIALS.register(new QueryCredentialFilter(problems));
  }

  @Bean
  WebServerFactoryCustomizer<JettyServletWebServerFactory> trustedProxies(
      ProxyProperties properties) {
    return factory -> {
      // Jetty's own way believes everybody, and what stands left-most.
      factory.setUseForwardHeaders(false);
      if (!properties.trusted().isEmpty()) {
        factory.addServerCustomizers(new TrustedProxies(properties.trusted()));
      }
    };
  }

  @Bean
  FilterRegistrationBean<CorsFilter> corsFilter(CorsProperties properties) {
    var source = new UrlBasedCorsConfigurationSource();
    if (!properties.origins().isEmpty()) {
      source.registerCorsConfiguration("/**", configuration(properties.origins()));
    }
    FilterRegistrationBean<CorsFilter> registration =
        FilterOrder.CORS.register(new CorsFilter(source));
    // Without origins nobody is told that CORS is spoken here.
    registration.setEnabled(!properties.origins().isEmpty());
    return registration;
  }

  // No credentials: the API knows no cookies, and pages send the Authorization header themselves.
  private static CorsConfiguration configuration(List<String> origins) {
    var cors = new CorsConfiguration();
    cors.setAllowedOrigins(origins);
    cors.setAllowedMethods(List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"));
    cors.setAllowedHeaders(
        List.of(
            "Authorization",
            "Content-Type",
            "Idempotency-Key",
            "If-Match",
            "Last-Event-ID",
            "traceparent"));
    cors.setExposedHeaders(
        List.of(
            "ETag",
            "Idempotency-Replayed",
            "Location",
            "RateLimit",
            "RateLimit-Policy",
            "Retry-After",
            "WWW-Authenticate",
            "X-Request-Id",
            "traceparent"));
    cors.setAllowCredentials(false);
    cors.setMaxAge(Duration.ofMinutes(10));
    return cors;
  }
}
