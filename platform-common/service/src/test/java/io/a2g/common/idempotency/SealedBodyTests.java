package io.a2g.common.idempotency;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SealedBodyTests {

  private static final IdempotencyKey KEY = new IdempotencyKey(1, "POST /api/v1/api-keys", "k");
  private static final byte[] BODY = "secret".getBytes(UTF_8);

  @Test
  void opensWithTheSameCredentialAlone() {
    byte[] sealed = SealedBody.seal(BODY, "a2g_one", KEY);

    assertThat(SealedBody.open(sealed, "a2g_one", KEY)).hasValue(BODY);
    assertThat(SealedBody.open(sealed, "a2g_two", KEY)).isEmpty();
    assertThat(SealedBody.open(new byte[0], "a2g_one", KEY)).as("emptied").isEmpty();
  }

  @Test
  void sameKeyNeverSealsTwiceUnderOneNonce() {
    assertThat(SealedBody.seal(BODY, "a2g_one", KEY))
        .isNotEqualTo(SealedBody.seal(BODY, "a2g_one", KEY));
  }
}
