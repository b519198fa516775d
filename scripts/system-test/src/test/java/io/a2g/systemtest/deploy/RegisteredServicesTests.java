package io.a2g.systemtest.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2g.common.topology.PlatformSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.Yaml;

/**
 * What is written by hand for each service outside of its folder is what {@code
 * platform-services.conf} says: every service is there, with its port and schema, and no other one.
 */
class RegisteredServicesTests {

  private static final Path ROOT = Path.of("../..");
  private static final String COMPOSE = "docker-compose.external.yml";
  private static final String SETTINGS = ".env.internal.example";
  private static final String KUBERNETES = "deploy/kubernetes/";

  static List<PlatformSchema> schemas() {
    return List.of(PlatformSchema.values());
  }

  @Test
  void reactorHasEveryService() throws IOException {
    assertThat(found("pom.xml", "<module>([a-z0-9-]+-service)</module>"))
        .as("modules in pom.xml")
        .containsExactlyElementsOf(each(PlatformSchema::serviceName));
  }

  @ParameterizedTest
  @MethodSource("schemas")
  void serviceHasItsName(PlatformSchema schema) throws IOException {
    String file = schema.serviceName() + "/src/main/resources/application.yml";

    assertThat(found(file, "(?m)^spring.application.name: (\\S+)$"))
        .as("name in " + file)
        .containsExactly(schema.serviceName());
  }

  @Test
  void composeHasEveryServiceAndItsMigrations() throws IOException {
    Set<String> wanted = new TreeSet<>(Set.of("postgres", "create-schemas"));
    for (PlatformSchema schema : schemas()) {
      wanted.add(schema.serviceName());
      wanted.add(migration(schema));
    }

    assertThat(compose("services").keySet()).as("services in " + COMPOSE).isEqualTo(wanted);
  }

  @ParameterizedTest
  @MethodSource("schemas")
  void composeServesOnThePort(PlatformSchema schema) throws IOException {
    Map<String, Object> service = compose("services", schema.serviceName());

    assertThat(service.toString())
        .as("%s in %s", schema.serviceName(), COMPOSE)
        .contains("SERVICE=" + schema.serviceName())
        .contains("SERVER_PORT=" + schema.port())
        .contains("${%s:-%d}:%d".formatted(portVariable(schema), schema.port(), schema.port()));
  }

  @Test
  void composeMigratesInOrderAndServesAfterwards() throws IOException {
    String before = "create-schemas";
    for (PlatformSchema schema : schemas()) {
      Map<String, Object> step = compose("services", migration(schema));

      assertThat(step.toString())
          .as("%s in %s", migration(schema), COMPOSE)
          .contains("SERVICE=" + schema.serviceName());
      assertThat(String.valueOf(step.get("depends_on")))
          .as("what %s in %s waits for", migration(schema), COMPOSE)
          .contains(before + "=");
      before = migration(schema);
    }
    assertThat(compose("x-service", "depends_on"))
        .as("what the services in %s wait for", COMPOSE)
        .containsKey(before);
  }

  @Test
  void urlsOfPeersCanBeSet() throws IOException {
    List<String> wanted =
        schemas().stream()
            .filter(schema -> !schema.callers().isEmpty())
            .map(PlatformSchema::urlVariable)
            .toList();

    assertThat(compose("x-environment").keySet())
        .as("URLs in x-environment of " + COMPOSE)
        .filteredOn(name -> name.matches("A2G_\\w+_URL") && !name.equals("A2G_TOKEN_URL"))
        .containsExactlyElementsOf(wanted);
    assertThat(found(SETTINGS, "(?m)^#(A2G_(?!TOKEN_)\\w+_URL)="))
        .as("URLs of peers in " + SETTINGS)
        .isNotEmpty()
        .isSubsetOf(wanted);
  }

  @Test
  void settingsNameThePortsOfTheServices() throws IOException {
    assertThat(found(SETTINGS, "(?m)^#(\\w+_SERVICE_PORT=[0-9]+)$"))
        .as("ports in " + SETTINGS)
        .isNotEmpty()
        .isSubsetOf(each(schema -> portVariable(schema) + "=" + schema.port()));
    assertThat(found(SETTINGS, "(?m)^#(\\w+_SERVICE_URL=.+)$"))
        .as("URLs of services in " + SETTINGS)
        .isNotEmpty()
        .isSubsetOf(
            each(schema ->
                "%s_URL=http://127.0.0.1:%d"
                    .formatted(portVariable(schema).replace("_PORT", ""), schema.port())));
  }

  /** {@code -Ddeploy.write=true} writes those that are missing first. */
  @Test
  void manifestsAreThoseOfTheServices() throws IOException {
    if (Boolean.getBoolean("deploy.write")) {
      writeMissingManifests();
    }
    try (Stream<Path> files = Files.list(ROOT.resolve(KUBERNETES))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .filteredOn(name -> name.endsWith("-service.yml"))
          .as(KUBERNETES + "*-service.yml")
          .containsExactlyInAnyOrderElementsOf(each(schema -> schema.serviceName() + ".yml"));
    }
  }

  // As that of the service that needs nothing of its own.
  private static void writeMissingManifests() throws IOException {
    PlatformSchema model = PlatformSchema.ofService("admin-service");
    String text = Files.readString(ROOT.resolve(KUBERNETES + "admin-service.yml"));
    for (PlatformSchema schema : schemas()) {
      Path file = ROOT.resolve(KUBERNETES + schema.serviceName() + ".yml");
      if (Files.notExists(file)) {
        Files.writeString(
            file,
            text.replaceFirst("^# .*? README", "# " + schema.serviceName() + ". README")
                .replace(model.serviceName(), schema.serviceName())
                .replace("a2g-" + model.schemaName(), "a2g-" + schema.schemaName())
                .replace(String.valueOf(model.port()), String.valueOf(schema.port())));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("schemas")
  void manifestServesOnThePortWithTheSecretsOfTheSchema(PlatformSchema schema) throws IOException {
    String file = KUBERNETES + schema.serviceName() + ".yml";
    String secret = "a2g-%s-database".formatted(schema.schemaName());

    assertThat(found(file, "(?:containerPort|port): ([0-9]+)"))
        .as("ports in " + file)
        .isNotEmpty()
        .containsOnly(String.valueOf(schema.port()));
    assertThat(found(file, "image: a2g/([^:]+):"))
        .as("images in " + file)
        .isNotEmpty()
        .containsOnly(schema.serviceName());
    assertThat(found(file, "secretKeyRef: \\{name: ([^,]+), key: MIGRATION_DATABASE_URL"))
        .as("secret of the migrator in " + file)
        .containsOnly(secret);
    assertThat(found(file, "secretKeyRef: \\{name: ([^,]+), key: DATABASE_URL"))
        .as("secret of the service in " + file)
        .containsOnly(secret);
  }

  /** {@code -Ddeploy.write=true} writes the steps instead. */
  @Test
  void jobMigratesInOrder() throws IOException {
    String file = KUBERNETES + "migrate-job.yml";
    String text = Files.readString(ROOT.resolve(file));
    int begin = text.indexOf("      initContainers:\n");
    int end = text.indexOf("      volumes:", begin);
    List<String> steps = each(RegisteredServicesTests::step);
    String wanted =
        "      initContainers:\n"
            + String.join("", steps.subList(0, steps.size() - 1))
            + "      containers:\n"
            + steps.getLast();

    if (Boolean.getBoolean("deploy.write")) {
      Files.writeString(
          ROOT.resolve(file), text.substring(0, begin) + wanted + text.substring(end));
    } else {
      assertThat(text.substring(begin, end)).as("steps in " + file).isEqualTo(wanted);
    }
  }

  private static String step(PlatformSchema schema) {
    return """
            - name: %1$s
              image: a2g/%2$s:0.1.0
              args: [migrate, upgrade, head]
              envFrom: [{configMapRef: {name: a2g-settings}}]
              env:
                - name: MIGRATION_DATABASE_URL
                  valueFrom: {secretKeyRef: {name: a2g-%1$s-database, key: MIGRATION_DATABASE_URL}}
              resources: {requests: {cpu: 100m, memory: 192Mi}, limits: {memory: 384Mi}}
              securityContext: {allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: {drop: [ALL]}}
              volumeMounts: [{name: tmp, mountPath: /tmp}]
    """
        .formatted(schema.schemaName(), schema.serviceName());
  }

  private static List<String> each(Function<PlatformSchema, String> what) {
    return schemas().stream().map(what).toList();
  }

  private static String migration(PlatformSchema schema) {
    return "migrate-" + schema.schemaName();
  }

  private static String portVariable(PlatformSchema schema) {
    return schema.serviceName().toUpperCase(Locale.ROOT).replace('-', '_') + "_PORT";
  }

  private static List<String> found(String file, String pattern) throws IOException {
    return Pattern.compile(pattern)
        .matcher(Files.readString(ROOT.resolve(file)))
        .results()
        .map(result -> result.group(1))
        .toList();
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> compose(String... path) throws IOException {
    Map<String, Object> found = new Yaml().load(Files.readString(ROOT.resolve(COMPOSE)));
    for (String name : path) {
      assertThat(found).as(COMPOSE).containsKey(name);
      found = (Map<String, Object>) found.get(name);
    }
    return found;
  }
}
