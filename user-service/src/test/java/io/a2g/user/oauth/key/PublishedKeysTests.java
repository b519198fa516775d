package io.a2g.user.oauth.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;

class PublishedKeysTests {

  private final CountDownLatch databaseGoesOn = new CountDownLatch(1);
  private Supplier<List<JWK>> database = List::of;
  private final PublishedKeys keys =
      new PublishedKeys(
          new SigningKeys(null, null, null, Clock.systemUTC(), null) {
            @Override
            public List<JWK> published() {
              return database.get();
            }
          });

  @AfterEach
  void goOn() {
    databaseGoesOn.countDown();
  }

  @Test
  void changeIsToldAtOnce() {
    database = () -> List.of(key("one"));
    assertThat(keys.get()).containsExactly(key("one"));

    database = () -> List.of(key("two"));

    assertThat(keys.get()).containsExactly(key("two"));
  }

  @Test
  void databaseThatIsGoneLeavesTheKeysThatWereReadLast() {
    database = () -> List.of(key("one"));
    keys.get();

    database = this::gone;

    assertThat(keys.get()).containsExactly(key("one"));
  }

  @Test
  void databaseThatDoesNotAnswerLeavesTheKeysThatWereReadLast() {
    database = () -> List.of(key("one"));
    keys.get();

    database = this::stopped;

    assertThat(keys.get()).containsExactly(key("one"));
    assertThat(keys.get()).containsExactly(key("one"));
  }

  @Test
  void withoutKeysReadBeforeTheFailureIsTold() {
    database = this::gone;

    assertThatExceptionOfType(DataAccessResourceFailureException.class).isThrownBy(keys::get);
  }

  private List<JWK> gone() {
    throw new DataAccessResourceFailureException("The connection is gone");
  }

  private List<JWK> stopped() {
    try {
      databaseGoesOn.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return List.of(key("late"));
  }

  private static JWK key(String id) {
    return new OctetSequenceKey.Builder(id.repeat(16).getBytes(StandardCharsets.US_ASCII))
        .keyID(id)
        .build();
  }
}
