package io.a2g.common.deadline;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

class RequestDeadlineTests {

  private final CountDownLatch checked = new CountDownLatch(1);
  private final CountDownLatch cancelled = new CountDownLatch(1);

  @Test
  void connectionThatFailsToAnswerDoesNotEndTheWatch() throws Exception {
    try (RequestDeadline broken = RequestDeadline.begin(Duration.ofMillis(1500));
        RequestDeadline other = RequestDeadline.begin(Duration.ofMillis(2500))) {
      broken.take(pool(true));
      other.take(pool(false));

      assertThat(checked.await(10, TimeUnit.SECONDS)).isTrue();
      assertThat(cancelled.await(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  private DataSource pool(boolean broken) {
    Connection connection =
        (Connection)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {Connection.class},
                (self, method, arguments) -> answer(method.getName(), broken));
    return (DataSource)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {DataSource.class},
            (self, method, arguments) -> connection);
  }

  private Object answer(String method, boolean broken) throws SQLException {
    if (broken && method.equals("isClosed")) {
      checked.countDown();
      throw new IllegalStateException("broken");
    }
    if (!broken && method.equals("unwrap")) {
      cancelled.countDown();
      throw new SQLException("cannot be cancelled");
    }
    return method.equals("isClosed") ? false : null;
  }
}
