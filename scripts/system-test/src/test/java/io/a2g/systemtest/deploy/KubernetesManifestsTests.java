package io.a2g.systemtest.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.a2g.common.topology.PlatformSchema;
import io.kubernetes.client.custom.Quantity;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1Job;
import io.kubernetes.client.openapi.models.V1PersistentVolumeClaim;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudget;
import io.kubernetes.client.openapi.models.V1Service;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.Yaml;

/** {@code deploy/kubernetes}: valid for the API, and safe in the ways that we promise. */
class KubernetesManifestsTests {

  private static final Path FOLDER = Path.of("../../deploy/kubernetes");

  /** Throws for a field that the API does not have, one that it needs, or a wrong type. */
  private interface Validator {
    void validate(JsonElement manifest) throws IOException;
  }

  private static final Map<String, Validator> KINDS =
      Map.of(
          "apps/v1 Deployment", V1Deployment::validateJsonElement,
          "batch/v1 Job", V1Job::validateJsonElement,
          "v1 Service", V1Service::validateJsonElement,
          "v1 ConfigMap", V1ConfigMap::validateJsonElement,
          "v1 PersistentVolumeClaim", V1PersistentVolumeClaim::validateJsonElement,
          "policy/v1 PodDisruptionBudget", V1PodDisruptionBudget::validateJsonElement);

  /** A manifest with a name for the report. */
  record Manifest(String name, JsonObject json) {

    String kind() {
      return json.get("apiVersion").getAsString() + " " + json.get("kind").getAsString();
    }

    @Override
    public String toString() {
      return name + " " + kind();
    }
  }

  static List<Manifest> manifests() throws IOException {
    var manifests = new ArrayList<Manifest>();
    try (Stream<Path> files = Files.list(FOLDER)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".yml")).sorted().toList()) {
        for (Object document : new Yaml().loadAll(Files.readString(file))) {
          manifests.add(
              new Manifest(
                  file.getFileName().toString(),
                  new Gson().toJsonTree(document).getAsJsonObject()));
        }
      }
    }
    return manifests;
  }

  static Stream<Manifest> deployments() throws IOException {
    return manifests().stream().filter(manifest -> manifest.kind().endsWith(" Deployment"));
  }

  @ParameterizedTest
  @MethodSource("manifests")
  void manifestIsWhatTheApiTakes(Manifest manifest) {
    assertThat(KINDS).containsKey(manifest.kind());
    assertThatCode(() -> KINDS.get(manifest.kind()).validate(manifest.json()))
        .doesNotThrowAnyException();
  }

  @Test
  void checkFindsAMistypedField() {
    var wrong = new Gson().fromJson("{\"kind\": \"Service\", \"spce\": {}}", JsonObject.class);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> V1Service.validateJsonElement(wrong))
        .withMessageContaining("spce");
  }

  static Stream<String> services() {
    return Stream.of(PlatformSchema.values()).map(PlatformSchema::serviceName);
  }

  @ParameterizedTest
  @MethodSource("services")
  void everyServiceHasDeploymentServiceAndBudgetOfItsOwn(String service) throws IOException {
    var kinds =
        manifests().stream().filter(m -> name(m.json()).equals(service)).map(Manifest::kind);

    assertThat(kinds)
        .containsExactlyInAnyOrder(
            "apps/v1 Deployment", "v1 Service", "policy/v1 PodDisruptionBudget");
  }

  @ParameterizedTest
  @MethodSource("deployments")
  void selectorsFindThePods(Manifest deployment) throws IOException {
    JsonObject labels = object(deployment.json(), "spec", "template", "metadata", "labels");
    String name = labels.get("app.kubernetes.io/name").getAsString();

    assertThat(name).isEqualTo(name(deployment.json()));
    for (Manifest manifest : manifests()) {
      if (!name(manifest.json()).equals(name) || !manifest.json().has("spec")) {
        continue;
      }
      JsonObject selector = object(manifest.json(), "spec", "selector");
      JsonObject wanted =
          selector.has("matchLabels") ? selector.getAsJsonObject("matchLabels") : selector;
      assertThat(wanted.get("app.kubernetes.io/name").getAsString())
          .as(manifest.toString())
          .isEqualTo(name);
    }
  }

  @Test
  void settingsLetServicesVerifyOnlyAndHoldNoSecret() throws IOException {
    Manifest settings =
        manifests().stream().filter(m -> m.kind().endsWith("ConfigMap")).findFirst().orElseThrow();

    JsonObject data = settings.json().getAsJsonObject("data");
    assertThat(data.get("MIGRATION_MODE").getAsString()).isEqualTo("verify");
    assertThat(data.toString()).doesNotContainIgnoringCase("password").doesNotContain("://");
    assertThat(manifests()).noneMatch(manifest -> manifest.kind().endsWith(" Secret"));
  }

  @Test
  void jobMigratesAllInTheirOrder() throws IOException {
    Manifest job =
        manifests().stream().filter(m -> m.kind().endsWith(" Job")).findFirst().orElseThrow();
    JsonObject pod = object(job.json(), "spec", "template", "spec");

    assertThat(containers(pod))
        .extracting(container -> container.get("name").getAsString())
        .containsExactlyElementsOf(
            Stream.of(PlatformSchema.values()).map(PlatformSchema::schemaName).toList());
    assertThat(containers(pod)).allMatch(KubernetesManifestsTests::migratesToHead);
    assertThat(pod.get("restartPolicy").getAsString()).isEqualTo("Never");
  }

  @ParameterizedTest
  @MethodSource("deployments")
  void podMigratesBeforeItServesAndIsProbed(Manifest deployment) {
    JsonObject pod = object(deployment.json(), "spec", "template", "spec");
    JsonObject first = pod.getAsJsonArray("initContainers").get(0).getAsJsonObject();
    JsonObject served = pod.getAsJsonArray("containers").get(0).getAsJsonObject();

    assertThat(migratesToHead(first)).isTrue();
    assertThat(path(served, "livenessProbe")).isEqualTo("/actuator/health/liveness");
    assertThat(path(served, "readinessProbe")).isEqualTo("/actuator/health/readiness");
    assertThat(served.toString()).doesNotContain("MIGRATION_DATABASE_URL");
  }

  @ParameterizedTest
  @MethodSource("manifests")
  void containersRunLockedDownAndWithinLimits(Manifest manifest) {
    if (!manifest.kind().endsWith(" Deployment") && !manifest.kind().endsWith(" Job")) {
      return;
    }
    JsonObject pod = object(manifest.json(), "spec", "template", "spec");
    assertThat(object(pod, "securityContext").get("runAsNonRoot").getAsBoolean()).isTrue();
    assertThat(pod.get("automountServiceAccountToken").getAsBoolean()).isFalse();
    for (JsonObject container : containers(pod)) {
      JsonObject security = object(container, "securityContext");
      assertThat(security.get("allowPrivilegeEscalation").getAsBoolean()).isFalse();
      assertThat(security.get("readOnlyRootFilesystem").getAsBoolean()).isTrue();
      assertThat(object(security, "capabilities").get("drop").toString()).isEqualTo("[\"ALL\"]");
      assertThat(bytes(container, "requests")).isPositive();
      assertThat(bytes(container, "limits")).isGreaterThanOrEqualTo(bytes(container, "requests"));
      assertThat(container.get("image").getAsString()).doesNotEndWith(":latest").contains(":");
    }
  }

  private static boolean migratesToHead(JsonObject container) {
    return container.get("args").toString().equals("[\"migrate\",\"upgrade\",\"head\"]");
  }

  private static String path(JsonObject container, String probe) {
    return object(container, probe, "httpGet").get("path").getAsString();
  }

  private static long bytes(JsonObject container, String kind) {
    String memory = object(container, "resources", kind).get("memory").getAsString();
    return Quantity.fromString(memory).getNumber().longValueExact();
  }

  private static String name(JsonObject manifest) {
    return object(manifest, "metadata").get("name").getAsString();
  }

  private static List<JsonObject> containers(JsonObject pod) {
    return Stream.of("initContainers", "containers")
        .map(pod::getAsJsonArray)
        .flatMap((JsonArray array) -> StreamSupport.stream(array.spliterator(), false))
        .map(JsonElement::getAsJsonObject)
        .toList();
  }

  private static JsonObject object(JsonObject parent, String... names) {
    JsonObject found = parent;
    for (String name : names) {
      found = found.getAsJsonObject(name);
    }
    return found;
  }
}
