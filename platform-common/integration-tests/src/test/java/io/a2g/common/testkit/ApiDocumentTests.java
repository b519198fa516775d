package io.a2g.common.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.a2g.common.testkit.openapi.ApiDocument;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApiDocumentTests {

  private static final ApiDocument DOCUMENT =
      ApiDocument.of(
          """
          {"paths": {
            "/things/{id}": {"get": {"responses": {
              "200": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}}},
              "204": {"description": "nothing"},
              "404": {"$ref": "#/components/responses/Missing"}}}},
            "/things/all": {"get": {"responses": {"200": {"content": {"*/*": {}}}}}}},
           "components": {
            "responses": {"Missing": {"content": {"application/problem+json": {}}}},
            "schemas": {"Thing": {
              "type": "object",
              "properties": {
                "id": {"type": "integer"},
                "at": {"type": ["string", "null"], "format": "date-time"}},
              "required": ["id"]}}}}
          """);

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      nullValues = "-",
      value = {
        "/things/1; 200; application/json; {\"id\":1,\"at\":null}",
        "/things/1?x=y; 200; 'application/json;charset=UTF-8'; {\"id\":1}",
        "/things/1; 204; -; ''",
        "/things/1; 404; application/problem+json; {}",
        "/things/all; 200; text/csv; a",
        "/others; 500; -; ''",
      })
  void documentedAnswersHaveNoFault(String path, int status, String type, String body) {
    assertThat(faults(path, status, type, body)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      nullValues = "-",
      value = {
        "200; application/json; {\"at\":null}; required",
        "200; application/json; {\"id\":null}; integer",
        "200; application/json; {\"id\":1,\"at\":\"now\"}; date-time",
        "200; application/json; {\"id\":1,\"more\":2}; more",
        "200; application/json; {; no JSON",
        "200; text/plain; x; documents no 'text/plain'",
        "204; -; x; has a body",
        "500; application/problem+json; {}; documents no 500",
      })
  void otherAnswersHaveOne(int status, String type, String body, String fault) {
    assertThat(faults("/things/1", status, type, body))
        .singleElement()
        .asString()
        .contains("GET /things/{id}", fault);
  }

  private static List<String> faults(String path, int status, String type, String body) {
    return DOCUMENT.faults("GET", path, status, type, body.getBytes(UTF_8));
  }
}
