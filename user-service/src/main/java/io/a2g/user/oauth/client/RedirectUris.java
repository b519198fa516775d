package io.a2g.user.oauth.client;

import io.a2g.common.error.InvalidRequest;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks addresses to which browsers are sent with a code: no third party may listen in. */
final class RedirectUris {

  private static final int MAX_LENGTH = 500;
  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "[::1]", "localhost");

  private RedirectUris() {}

  /** Accepts https, and http to the own machine; 422 otherwise. */
  static void require(String field, String text) {
    @Nullable URI uri = parse(text);
    if (uri == null || text.length() > MAX_LENGTH || uri.getHost() == null) {
      throw new InvalidRequest(field, "invalid_uri", "must be a whole URI");
    }
    if (uri.getRawFragment() != null || uri.getRawUserInfo() != null || text.contains("*")) {
      throw new InvalidRequest(
          field, "invalid_uri", "must have neither fragment, user name nor wildcard");
    }
    boolean https = "https".equals(uri.getScheme());
    if (!https && !("http".equals(uri.getScheme()) && LOOPBACK.contains(uri.getHost()))) {
      throw new InvalidRequest(field, "insecure_uri", "must be https, or http to the own machine");
    }
  }

  private static @Nullable URI parse(String text) {
    try {
      return new URI(text);
    } catch (URISyntaxException e) {
      return null;
    }
  }
}
