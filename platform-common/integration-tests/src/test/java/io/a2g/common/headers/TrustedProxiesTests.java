package io.a2g.common.headers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.a2g.common.testkit.http.RawHttp;
import java.net.URI;
import java.util.List;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrustedProxiesTests {

  private static final String PROXY = "127.0.0.1";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          X-Forwarded-For: 203.0.113.7                         | 203.0.113.7
          X-Forwarded-For: 203.0.113.7, 10.1.2.3               | 203.0.113.7
          X-Forwarded-For: 6.6.6.6, 203.0.113.7, 10.1.2.3      | 203.0.113.7
          X-Forwarded-For: 10.9.9.9, 203.0.113.7               | 203.0.113.7
          X-Forwarded-For: 6.6.6.6;X-Forwarded-For: 203.0.113.7| 203.0.113.7
          X-Forwarded-For: 2001:db8::7                         | [2001:db8:0:0:0:0:0:7]
          X-Forwarded-For: 10.1.2.3, 10.1.2.4                  | 10.1.2.3
          X-Forwarded-For: 6.6.6.6, nonsense, 10.1.2.3         | 10.1.2.3
          X-Forwarded-For: localhost                           | 127.0.0.1
          Forwarded: for=6.6.6.6                               | 127.0.0.1
          X-Other: 1                                           | 127.0.0.1
          """)
  void clientIsTheRightMostThatIsNoProxy(String headers, String client) throws Exception {
    assertThat(answer(List.of(PROXY, "10.0.0.0/8"), headers.strip()))
        .endsWith(client + " http false");
  }

  @Test
  void clientThatIsNoProxyIsNotBelieved() throws Exception {
    assertThat(answer(List.of("10.0.0.0/8"), "X-Forwarded-For: 6.6.6.6;X-Forwarded-Proto: https"))
        .endsWith("127.0.0.1 http false");
  }

  @Test
  void lastProxySaysWhetherItWasHttps() throws Exception {
    assertThat(answer(List.of(PROXY), "X-Forwarded-Proto: https")).endsWith("https true");
    assertThat(answer(List.of(PROXY), "X-Forwarded-Proto: https, http")).endsWith("http false");
  }

  @Test
  void whatIsNoAddressIsRefusedAtTheStart() {
    assertThatIllegalArgumentException().isThrownBy(() -> new TrustedProxies(List.of("ingress")));
  }

  private static String answer(List<String> proxies, String headers) throws Exception {
    Server server = new Server();
    ServerConnector connector = new ServerConnector(server);
    connector.setHost(PROXY);
    server.addConnector(connector);
    server.setHandler(new Echo());
    new TrustedProxies(proxies).customize(server);
    server.start();
    try {
      return RawHttp.exchange(
          URI.create("http://127.0.0.1:" + connector.getLocalPort()),
          "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n"
              + headers.replace(";", "\r\n")
              + "\r\n\r\n");
    } finally {
      server.stop();
    }
  }

  /** Answers with what it sees. */
  private static final class Echo extends Handler.Abstract {

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
      Content.Sink.write(
          response,
          true,
          "%s %s %s"
              .formatted(
                  Request.getRemoteAddr(request),
                  request.getHttpURI().getScheme(),
                  request.isSecure()),
          callback);
      return true;
    }
  }
}
