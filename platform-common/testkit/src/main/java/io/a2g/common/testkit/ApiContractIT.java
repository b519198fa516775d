package io.a2g.common.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2g.common.testkit.http.Answer;
import java.io.IOException;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;

/** The documents in {@code docs/api} are what the service does. */
public abstract class ApiContractIT extends PlatformIT {

  @Autowired private ApplicationContext service;

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
  void everyEndpointHasTheCheckedInRule() throws IOException {
    new AccessRuleList(service).verify(ServiceUnderTest.name());
  }
}
