package io.a2g.common.testkit.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2g.common.migrate.cli.MigrateTool;
import io.a2g.common.topology.ServiceIdentity;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a service declares and what its migrations make are one schema: {@code migrate check}. */
public abstract class AbstractSchemaCheckIT {

  private final ServiceIdentity service;

  /** For one service, whose classes and files are on the class path. */
  protected AbstractSchemaCheckIT(ServiceIdentity service) {
    this.service = service;
  }

  @Test
  void entitiesAndMigrationsAgree() {
    var answer = new StringWriter();
    var out = new PrintWriter(answer, true);
    var environment = Map.of("DATABASE_URL", TestDatabase.get().superuser().uri());

    int code = MigrateTool.run(service, environment, out, out, "check");

    assertThat(code).as(answer::toString).isZero();
  }
}
