package io.a2g.common.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2g.common.migrate.ExitCode;
import io.a2g.common.migrate.Limits;
import io.a2g.common.migrate.MigrationFiles;
import io.a2g.common.migrate.Target;
import io.a2g.common.migrate.cli.MigrateTool;
import io.a2g.common.migrate.lint.Lint;
import io.a2g.common.migrate.rehearsal.Rehearsal;
import io.a2g.common.migrate.rehearsal.Rehearsal.Round;
import io.a2g.common.migrate.shadow.ShadowDatabase;
import io.a2g.common.testkit.database.MigratedDatabase;
import io.a2g.common.testkit.database.TestDatabase;
import io.a2g.common.topology.PlatformSchema;
import io.a2g.common.topology.ServiceIdentity;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * What every service's migrations must pass: they make what the service declares, keep the rules,
 * and go up, down and up again with rows. The same as {@code migrate check}, {@code migrate lint
 * --measure} and {@code migrate test}.
 */
public abstract class MigrationContractIT {

  private final PlatformSchema schema = ServiceUnderTest.schema();

  @Test
  void entitiesAndMigrationsAgree() {
    var answer = new StringWriter();
    var out = new PrintWriter(answer, true);
    var environment = Map.of("DATABASE_URL", TestDatabase.get().superuser().uri());

    int code =
        MigrateTool.run(ServiceIdentity.of(schema.serviceName()), environment, out, out, "check");

    assertThat(code).as(answer::toString).isZero();
  }

  @Test
  void rulesFindNothingInTheTextAndOnTheShadow() {
    Target target = target();
    List<String> tablesWithoutRow = new ArrayList<>();
    try (var shadow = ShadowDatabase.create(target, null)) {
      Lint lint = Lint.of(target.files(), target.schema());

      assertThat(lint.measured(shadow.target(), null, tablesWithoutRow::add)).isEmpty();
    }
    assertThat(tablesWithoutRow).as("tables that nothing was measured on").isEmpty();
  }

  @Test
  void everyMigrationGoesUpDownAndUpAgain() {
    List<Round> rounds;
    try (var shadow = ShadowDatabase.create(target(), null)) {
      rounds = Rehearsal.run(shadow, round -> {});
    }

    assertThat(rounds)
        .isNotEmpty()
        .allSatisfy(round -> {
          assertThat(round.problems()).isEmpty();
          assertThat(round.outcome().exitCode()).isEqualTo(ExitCode.OK);
        });
    assertThat(rounds.getLast().version()).as("the way down and up").isNull();
  }

  private Target target() {
    return new Target(
        MigratedDatabase.service(schema),
        TestDatabase.get().superuser(),
        MigrationFiles.in(MigratedDatabase.resources(schema).resolve("db")),
        Limits.DEFAULT,
        Map.of());
  }
}
