package io.a2g.common.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.a2g.common.testkit.http.Answer;
import jakarta.persistence.EntityManagerFactory;
import java.io.IOException;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.ApplicationContext;
import org.springframework.web.servlet.HandlerExceptionResolver;
import tools.jackson.databind.JsonNode;

/**
 * The documents in {@code docs/api} are what the service does, and what is not in them is refused.
 */
public abstract class ApiContractIT extends PlatformIT {

  @Autowired private ApplicationContext service;
  @Autowired private EntityManagerFactory entities;

  @Autowired
  @Qualifier("handlerExceptionResolver")
  private HandlerExceptionResolver problems;

  @Test
  void publishedDocumentIsTheCheckedInOne() throws IOException {
    OpenApiDocument.verify(anonymous(), ServiceUnderTest.name());
  }

  @Test
  void documentIsJsonForProgramsToo() {
    JsonNode document = anonymous().get("/v3/api-docs").expect(200).json();

    assertThat(document.at("/info/title").asString()).isEqualTo("A2G " + ServiceUnderTest.name());
    assertThat(document.path("paths").size()).isPositive();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/swagger-ui", "/swagger-ui/", "/swagger-ui.html"})
  void addressesWherePeopleLookLeadToSwaggerUi(String address) {
    Answer moved = anonymous().get(address).expect(302);

    URI page = moved.response().uri().resolve(moved.header("Location"));
    assertThat(anonymous().get(page.getPath()).expect(200).text()).contains("Swagger UI");
  }

  @Test
  void staleVersionOfAnyEntityIs409() {
    assertThat(StaleVersions.answers(entities, problems))
        .isNotEmpty()
        .allSatisfy((entity, answer) -> {
          assertThat(answer.getStatus()).isEqualTo(409);
          assertThat(answer.getContentAsByteArray())
              .asString(UTF_8)
              .contains("\"code\":\"concurrent_update\"");
        });
  }

  @Test
  void everyEndpointHasTheCheckedInRule() throws IOException {
    new AccessRuleList(service).verify(ServiceUnderTest.name());
  }

  @Test
  void everyEndpointRefusesAParameterThatItDoesNotDeclare() {
    var admin = as(users().admin());
    var endpoints =
        new AccessRuleList(service)
            .lines().stream()
                .filter(line -> line.startsWith("/api/"))
                .map(line -> line.replaceAll("\\{[^/]+}", "1").split(" +", 3))
                // Asks for a multipart body first.
                .filter(line -> !(line[0].equals("/api/v1/files") && line[1].equals("POST")))
                .toList();

    assertThat(endpoints).hasSizeGreaterThan(5);
    assertThat(endpoints)
        .allSatisfy(line ->
            admin
                .send(line[1], line[0] + "?no_such_parameter=1", null)
                .expectProblem(400, "invalid_parameter", "no_such_parameter"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "limit=1&limit=2",
        "limit=1&%6Cimit=1",
        "limit[]=1",
        "Limit=1",
        "limit",
        "limit=",
        "limit=0",
        "limit=201",
        "limit=0x5",
        "limit=%2B5",
        "limit=01",
        "limit=-0",
        "limit=5%20",
        "limit=5+",
        "limit=1.0",
        "limit=%D9%A1",
        "limit=4294967297",
        "actor_id=0x5",
        "actor_id=%D9%A1",
        "actor_id=9223372036854775808",
        "action=%00",
        "from=1764547200",
        "from=2026-12-01",
        "from=2026-12-01T00:00:00",
        "from=Tue,%201%20Dec%202026%2000:00:00%20GMT",
        "to=%2B1000000000-12-31T00:00:00Z",
        "from=-0001-01-01T00:00:00Z",
        "from=2026-12-01T00:00:01Z%26to=2026-12-01T00:00:00Z",
        "from=2026-12-01T00:00:01Z&to=2026-12-01T00:00:00Z",
      })
  void parameterIsReadAsStrictlyAsJson(String query) {
    as(users().admin())
        .get("/api/v1/audit-events?" + query)
        .expectProblem(400, "invalid_parameter");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "&&",
        "limit=5&actor_id=1&action=x&resource_type=y&resource_id=z",
        "%6Cimit=5",
        "from=2026-12-01T09:00:00%2B09:00&to=2026-12-01T00:00:00Z"
      })
  void declaredParametersAreTaken(String query) {
    as(users().admin()).get("/api/v1/audit-events?" + query).expect(200);
  }
}
