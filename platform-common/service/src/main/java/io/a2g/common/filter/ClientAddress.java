package io.a2g.common.filter;

import java.net.InetAddress;
import java.util.Arrays;

/** The address that a request came from, as the server tells it. */
public final class ClientAddress {

  private static final int IPV6_NETWORK_BYTES = 8;

  private ClientAddress() {}

  /** As PostgreSQL and Java read it: without Jetty's brackets around IPv6, and without the zone. */
  public static String plain(String address) {
    return address.replaceFirst("^\\[", "").replaceFirst("[%\\]].*", "");
  }

  /**
   * What counts as one client: the address itself, or its /64, because with one IPv6 address come
   * the other 2^64 of its network.
   */
  public static String network(String address) {
    if (address.indexOf(':') < 0) {
      return address;
    }
    try {
      byte[] bytes = InetAddress.ofLiteral(plain(address)).getAddress();
      return Arrays.toString(bytes.length == 4 ? bytes : Arrays.copyOf(bytes, IPV6_NETWORK_BYTES));
    } catch (IllegalArgumentException e) {
      return address;
    }
  }
}
