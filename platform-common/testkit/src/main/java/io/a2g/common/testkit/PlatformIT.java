package io.a2g.common.testkit;

import io.a2g.common.readiness.SchemaReadiness;
import io.a2g.common.testkit.database.MigratedDatabase;
import io.a2g.common.testkit.database.TestDatabase;
import io.a2g.common.testkit.http.Api;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

/**
 * Base of tests that call the whole service over HTTP, on a database with all schemas and the
 * least-privilege roles. Every answer has to be what the service's OpenAPI document says. The
 * service and the database are shared by all such tests of a module, so each test makes its own
 * users and looks only at what it made.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
public abstract class PlatformIT {

  // By address: reading the document takes a second, once for each context.
  private static final Map<URI, Api> DOCUMENTED = new ConcurrentHashMap<>();

  @LocalServerPort private int port;
  @Autowired private SchemaReadiness migrations;

  /** The database behind the service. */
  protected MigratedDatabase database() {
    return TestDatabase.get().migrated();
  }

  /** Makes users. */
  protected TestUsers users() {
    return new TestUsers(database());
  }

  /** The service as this user. */
  protected Api as(TestUser user) {
    return anonymous().as(user.key());
  }

  /** The service without a credential. */
  protected Api anonymous() {
    URI base = URI.create("http://127.0.0.1:" + port);
    return DOCUMENTED.computeIfAbsent(base, uri -> new Api(uri, null).documented());
  }

  // The service migrates in the background, like anywhere else.
  @BeforeEach
  void awaitMigrations() throws InterruptedException {
    while (!migrations.isReady()) {
      Thread.sleep(20);
    }
  }
}
