package io.a2g.common.headers;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpScheme;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Server;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.jetty.JettyServerCustomizer;
import org.springframework.security.web.util.matcher.IpAddressMatcher;

/**
 * Gives a request that came through our own proxies the address of its client. Each proxy adds the
 * address that it was called from to the right of {@code X-Forwarded-For}, so the client's is the
 * right-most that is no proxy's; what stands left of it the client may have written itself.
 */
final class TrustedProxies implements JettyServerCustomizer, HttpConfiguration.Customizer {

  private final List<IpAddressMatcher> proxies;

  /**
   * @param proxies addresses and networks
   * @throws IllegalArgumentException when one is neither
   */
  TrustedProxies(List<String> proxies) {
    this.proxies = proxies.stream().map(IpAddressMatcher::new).toList();
  }

  @Override
  public void customize(Server server) {
    for (Connector connector : server.getConnectors()) {
      connector.getConnectionFactories().stream()
          .filter(HttpConfiguration.ConnectionFactory.class::isInstance)
          .map(HttpConfiguration.ConnectionFactory.class::cast)
          .forEach(http -> http.getHttpConfiguration().addCustomizer(this));
    }
  }

  @Override
  public Request customize(Request request, HttpFields.Mutable responseHeaders) {
    InetAddress peer = addressOf(request.getConnectionMetaData().getRemoteSocketAddress());
    if (peer == null || !isProxy(peer)) {
      return request;
    }
    InetAddress client = clientOf(request.getHeaders(), peer);
    boolean secure = HttpScheme.HTTPS.is(last(request.getHeaders(), HttpHeader.X_FORWARDED_PROTO));
    return new Forwarded(request, client, secure);
  }

  private InetAddress clientOf(HttpFields headers, InetAddress peer) {
    InetAddress client = peer;
    for (String hop : headers.getCSV(HttpHeader.X_FORWARDED_FOR, false).reversed()) {
      InetAddress address = parse(hop);
      // What is no address comes from beyond the last proxy that wrote one.
      if (address == null) {
        return client;
      }
      client = address;
      if (!isProxy(client)) {
        return client;
      }
    }
    return client;
  }

  private boolean isProxy(InetAddress address) {
    String withoutZone = address.getHostAddress().replaceFirst("%.*", "");
    return proxies.stream().anyMatch(proxy -> proxy.matches(withoutZone));
  }

  private static @Nullable String last(HttpFields headers, HttpHeader name) {
    List<String> values = headers.getCSV(name, false);
    return values.isEmpty() ? null : values.getLast();
  }

  private static @Nullable InetAddress addressOf(SocketAddress address) {
    return address instanceof InetSocketAddress inet ? inet.getAddress() : null;
  }

  private static @Nullable InetAddress parse(String hop) {
    try {
      return InetAddress.ofLiteral(hop);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** The request as its client sent it. */
  private static final class Forwarded extends Request.Wrapper {

    private final ConnectionMetaData connection;
    private final boolean secure;
    private final HttpURI uri;

    Forwarded(Request request, InetAddress client, boolean secure) {
      super(request);
      this.connection = new ForwardedConnection(request.getConnectionMetaData(), client);
      this.secure = secure;
      this.uri =
          secure
              ? HttpURI.build(request.getHttpURI()).scheme(HttpScheme.HTTPS).asImmutable()
              : request.getHttpURI();
    }

    @Override
    public ConnectionMetaData getConnectionMetaData() {
      return connection;
    }

    @Override
    public HttpURI getHttpURI() {
      return uri;
    }

    @Override
    public boolean isSecure() {
      return secure || super.isSecure();
    }
  }

  private static final class ForwardedConnection extends ConnectionMetaData.Wrapper {

    private final InetSocketAddress client;

    ForwardedConnection(ConnectionMetaData connection, InetAddress client) {
      super(connection);
      this.client = new InetSocketAddress(client, 0);
    }

    @Override
    public SocketAddress getRemoteSocketAddress() {
      return client;
    }
  }
}
