package io.a2g.common.peer;

import java.net.http.HttpClient;
import java.time.Duration;
import org.springframework.util.function.SingletonSupplier;

/** The one HTTP client for calls to other services. */
final class PeerHttp {

  // Made when there is a service to call: it reads the trust store and starts a thread.
  private final SingletonSupplier<HttpClient> client;

  PeerHttp(Duration connectTimeout) {
    this.client =
        SingletonSupplier.of(() ->
            HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(connectTimeout)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build());
  }

  HttpClient client() {
    return client.obtain();
  }
}
