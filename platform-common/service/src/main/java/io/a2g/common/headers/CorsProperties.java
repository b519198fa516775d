package io.a2g.common.headers;

import java.net.URI;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which web pages may call the API from a browser ({@code platform.cors}).
 *
 * @param origins exact origins, such as {@code https://portal.example}; none when absent
 */
@ConfigurationProperties("platform.cors")
record CorsProperties(@DefaultValue List<String> origins) {

  CorsProperties {
    origins = origins.stream().map(String::strip).filter(origin -> !origin.isEmpty()).toList();
    origins.forEach(CorsProperties::requireOrigin);
  }

  // "*" would open the API to every page that a user of the company's network visits.
  private static void requireOrigin(String text) {
    URI uri;
    try {
      uri = URI.create(text);
    } catch (IllegalArgumentException e) {
      throw invalid(text);
    }
    boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
    boolean nothingElse = text.equals(uri.getScheme() + "://" + uri.getAuthority());
    if (!web || uri.getHost() == null || uri.getUserInfo() != null || !nothingElse) {
      throw invalid(text);
    }
  }

  private static IllegalArgumentException invalid(String text) {
    return new IllegalArgumentException(
        "platform.cors.origins (A2G_CORS_ORIGINS): '%s' is not an origin such as https://portal.example or http://localhost:3000, without path and wildcard"
            .formatted(text));
  }
}
