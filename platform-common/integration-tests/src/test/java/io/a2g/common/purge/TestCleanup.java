package io.a2g.common.purge;

import io.a2g.common.reference.ReferenceHolders;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Makes the real purge without a service around it. */
public final class TestCleanup {

  private TestCleanup() {}

  /** A purge that keeps nothing: what is deleted and free goes in the next run. */
  public static DeletedRowCleanup withoutRetention(
      List<Purgeable> tables,
      JdbcClient jdbc,
      TransactionTemplate transactions,
      ReferenceHolders holders) {
    return new DeletedRowCleanup(
        tables,
        Duration.ZERO,
        jdbc,
        transactions,
        holders,
        new SimpleMeterRegistry(),
        Clock.systemUTC());
  }
}
