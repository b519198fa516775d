package io.a2g.common.filter;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientAddressTests {

  @ParameterizedTest
  @CsvSource({
    "203.0.113.7, 203.0.113.7",
    "2001:db8::7, 2001:db8::7",
    "[2001:db8:0:0:0:0:0:7], 2001:db8:0:0:0:0:0:7",
    "[fe80:0:0:0:0:0:0:1%eth0], fe80:0:0:0:0:0:0:1",
    "fe80::1%eth0, fe80::1"
  })
  void plainAddressHasNeitherBracketsNorZone(String address, String plain) {
    assertThat(ClientAddress.plain(address)).isEqualTo(plain);
  }

  @ParameterizedTest
  @CsvSource({
    "203.0.113.7, 203.0.113.8, false",
    "[2001:db8:0:1:0:0:0:7], [2001:db8:0:1:5:5:5:5], true",
    "[2001:db8:0:1:0:0:0:7], [2001:db8:0:2:0:0:0:7], false",
    "[fe80:0:0:0:0:0:0:1%eth0], [fe80:0:0:0:1:1:1:1%eth0], true"
  })
  void ipv6NetworkIsOneClient(String one, String other, boolean same) {
    assertThat(ClientAddress.network(one).equals(ClientAddress.network(other))).isEqualTo(same);
  }
}
