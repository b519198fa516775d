package io.a2g.common.migrate.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2g.common.migrate.schemas.CreateSchemas.Options;
import io.a2g.common.testkit.database.TestDatabase;
import io.a2g.common.topology.PlatformSchema;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * On the server chosen for this run and on the embedded one: usually two versions, with and without
 * pgvector.
 */
class CreateSchemasIT {

  private static final PlatformSchema AGENTS = PlatformSchema.of("agents");

  @TempDir private Path folder;

  private final List<String> made = Collections.synchronizedList(new ArrayList<>());

  static Stream<TestDatabase> servers() {
    return Stream.of(TestDatabase.get(), TestDatabase.embedded());
  }

  @ParameterizedTest
  @MethodSource("servers")
  void createWhenRepeatedMakesNothingAndChangesNoPassword(TestDatabase server) {
    var url = server.create("twice");
    var first = CreateSchemas.create(new Options(url, server.rolesFile(), false), made::add);
    assertThat(made)
        .contains("schema users, owned by users_owner", "schema admin, owned by admin_owner");
    made.clear();

    var second = CreateSchemas.create(new Options(url, server.rolesFile(), true), made::add);

    assertThat(second).isEqualTo(first).hasSize(2 * PlatformSchema.values().length);
    assertThat(made.stream().filter(line -> !line.startsWith("pgvector is not")))
        .containsExactly(
            Stream.of(PlatformSchema.values())
                .map(PlatformSchema::schemaName)
                .collect(Collectors.joining(", ", url.display() + " has the schemas ", "")));
  }

  @ParameterizedTest
  @MethodSource("servers")
  void createWhenTenRunAtOnceMakesEachThingOnce(TestDatabase server) throws Exception {
    var options = new Options(server.reserveUrl("ten"), server.rolesFile(), true);
    Callable<Object> create = () -> CreateSchemas.create(options, made::add);

    try (var threads = Executors.newFixedThreadPool(10)) {
      for (var result : threads.invokeAll(Collections.nCopies(10, create))) {
        assertThat(result.get()).isNotNull();
      }
    }

    assertThat(made).containsOnlyOnce("database " + options.url().database());
    assertThat(made).containsOnlyOnce("schema users, owned by users_owner");
  }

  @Test
  void createWhenTenRunAtOnceOnAFreshServerMakesTheRolesOnce() throws Exception {
    var fresh = TestDatabase.separate();
    var tasks = new ArrayList<Callable<Object>>();
    for (int i = 0; i < 10; i++) {
      // Five databases, because the roles are made for all of them.
      var url = fresh.superuser().withDatabase("fresh_" + i % 5);
      tasks.add(
          () -> CreateSchemas.create(new Options(url, folder.resolve("fresh"), true), made::add));
    }

    try (var threads = Executors.newFixedThreadPool(10)) {
      for (var result : threads.invokeAll(tasks)) {
        assertThat(result.get()).isNotNull();
      }
    }

    assertThat(made).containsOnlyOnce("role users_app (LOGIN)");
    assertThat(made.stream().filter(line -> line.startsWith("schema ")))
        .hasSize(5 * PlatformSchema.values().length);
  }

  @ParameterizedTest
  @MethodSource("servers")
  void vectorExtensionIsInPublicWhereTheServerHasIt(TestDatabase server) throws SQLException {
    var url = server.create("vector");

    CreateSchemas.create(new Options(url, server.rolesFile(), false), made::add);

    var app =
        new Database(
            url, CreateSchemas.create(new Options(url, server.rolesFile(), false), made::add));
    if (server.hasPgvector()) {
      assertThat(app.text(app.as(AGENTS.appRole()), "SELECT '[1,2]'::vector <-> '[1,2]'::vector"))
          .isEqualTo("0");
    } else {
      assertThat(made)
          .anyMatch(line -> line.startsWith("pgvector is not available on this server"));
    }
  }
}
