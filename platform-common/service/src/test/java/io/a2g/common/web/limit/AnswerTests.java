package io.a2g.common.web.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2g.common.deadline.RequestDeadline;
import io.a2g.common.web.limit.Pool.Visitor;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.Test;

class AnswerTests {

  private final Pool pool = Pool.shared(1);
  private final Visitor visitor = new Visitor("a", List.of());

  @Test
  void shortAnswerThatTheSocketDoesNotTakeGivesTheTurnBack() throws InterruptedException {
    write(false);

    assertThat(pool.tryEnter(visitor, 0)).isTrue();
  }

  @Test
  void shortAnswerThatIsTakenAtOnceKeepsTheTurn() throws InterruptedException {
    write(true);

    assertThat(pool.tryEnter(visitor, 0)).isFalse();
  }

  private void write(boolean taken) throws InterruptedException {
    assertThat(pool.tryEnter(visitor, 0)).isTrue();
    Request request = proxy(Request.class, taken);
    Answer answer = new Answer(request, proxy(Response.class, taken), false);
    try (RequestDeadline deadline = RequestDeadline.begin(Duration.ofSeconds(10))) {
      answer.of(new Turn(pool, visitor, Pool.shared(1), deadline));
      answer.write(true, ByteBuffer.allocate(10), Callback.NOOP);
    }
  }

  private static <T> T proxy(Class<T> type, boolean taken) {
    Object proxy =
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) -> {
              if (method.getName().equals("write") && taken) {
                ((Callback) arguments[2]).succeeded();
              }
              return method.getReturnType() == int.class ? 200 : null;
            });
    return type.cast(proxy);
  }
}
