package io.a2g.common.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2g.common.security.Caller;
import io.a2g.common.security.Role;
import io.a2g.common.security.Scopes;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.datasource.AbstractDataSource;

/** Without a database, and the arithmetic. */
@ExtendWith(OutputCaptureExtension.class)
class LeaseTests {

  private static final Quota QUOTA = Quota.of("user", 60, Duration.ofMinutes(1));

  private final AtomicInteger connections = new AtomicInteger();

  @Test
  void withoutADatabaseEachReplicaKeepsTheLimitForItselfAndSaysSoOnce(CapturedOutput output) {
    Lease lease = new Lease(QUOTA, 1, new SharedBuckets(gone(), "users", () -> true), second());

    for (int n = 0; n < 60; n++) {
      assertThat(lease.take().admitted()).isTrue();
    }
    RateLimitStatus over = lease.take();

    assertThat(over.admitted()).isFalse();
    assertThat(over.waitNanos()).isPositive();
    assertThat(connections).hasValue(1);
    assertThat(output).containsOnlyOnce("Request rates cannot be shared");
  }

  @Test
  void databaseIsNotAskedBeforeItsTablesAreThere() {
    Lease lease = new Lease(QUOTA, 1, new SharedBuckets(gone(), "users", () -> false), second());

    assertThat(lease.take().admitted()).isTrue();
    assertThat(connections).hasValue(0);
  }

  @Test
  void burstIsTheTimeWhoseRequestsMayComeAtOnce() {
    assertThat(Quota.of("user", 6_000, Duration.ofSeconds(10)).capacity()).isEqualTo(1_000);
    assertThat(Quota.of("user", 1, Duration.ofSeconds(1)).capacity()).isEqualTo(1);
  }

  @Test
  void leasesAreAHundredthOfTheBucketAndAtLeastOne() {
    assertThat(Quota.of("user", 6_000, Duration.ofMinutes(1)).largestLease()).isEqualTo(60);
    assertThat(Quota.of("user", 10, Duration.ofMinutes(1)).largestLease()).isEqualTo(1);
    assertThat(Quota.of("user", 1_000_000_000, Duration.ofMinutes(1)).largestLease())
        .isEqualTo(1_000);
  }

  @Test
  void standingTellsWhenAllIsThereAgain() {
    assertThat(QUOTA.standingItem(60)).isEqualTo("\"user\";r=60;t=0");
    assertThat(QUOTA.standingItem(58)).isEqualTo("\"user\";r=58;t=2");
    assertThat(QUOTA.policyItem()).isEqualTo("\"user\";q=60;w=60");
  }

  @Test
  void keysLimitThatIsNotBelowTheUsersIsNotKept() {
    assertThat(statuses(10, 10)).extracting(s -> s.quota().policy()).containsExactly("user");
    assertThat(statuses(10, 5)).extracting(s -> s.quota().policy()).containsExactly("key", "user");
    assertThat(statuses(0, 5)).extracting(s -> s.quota().policy()).containsExactly("key");
    assertThat(statuses(0, 0)).isEmpty();
  }

  private List<RateLimitStatus> statuses(long user, long key) {
    var limits = new RateLimitProperties(user, key, Duration.ofMinutes(1), 0, 0);
    var rates = new RequestRates(limits, new SharedBuckets(gone(), "users", () -> false));
    return rates.count(new Caller(1, Role.USER, null, 2L, Scopes.ALL));
  }

  private static Duration second() {
    return Duration.ofSeconds(1);
  }

  private DataSource gone() {
    return new AbstractDataSource() {
      @Override
      public java.sql.Connection getConnection() throws SQLException {
        connections.incrementAndGet();
        throw new SQLException("nobody there");
      }

      @Override
      public java.sql.Connection getConnection(String user, String password) throws SQLException {
        return getConnection();
      }
    };
  }
}
