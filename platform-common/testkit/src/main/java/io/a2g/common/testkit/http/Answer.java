package io.a2g.common.testkit.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What came back. */
public record Answer(HttpResponse<byte[]> response) {

  private static final JsonMapper JSON = JsonMapper.shared();

  /** The status code. */
  public int status() {
    return response.statusCode();
  }

  /** The first header of this name; null when there is none. */
  public @Nullable String header(String name) {
    return response.headers().firstValue(name).orElse(null);
  }

  /** The body as text. */
  public String text() {
    return new String(response.body(), StandardCharsets.UTF_8);
  }

  /** The body as bytes. */
  public byte[] bytes() {
    return response.body();
  }

  /** The body as JSON. */
  public JsonNode json() {
    return JSON.readTree(response.body());
  }

  /** A value by JSON pointer. */
  public JsonNode at(String pointer) {
    return json().at(pointer);
  }

  /** The body's {@code id}. */
  public long id() {
    return at("/id").asLong();
  }

  /** Fails with the whole answer in the message when the status is another one. */
  public Answer expect(int status) {
    assertThat(status()).as("status of %s: %s", response.request().uri(), text()).isEqualTo(status);
    return this;
  }

  /** Expects a problem of the platform's shape with this status and code. */
  public Answer expectProblem(int status, String code) {
    expect(status);
    assertThat(header("Content-Type")).isEqualTo("application/problem+json");
    JsonNode problem = json();
    assertThat(problem.path("code").asString()).as(text()).isEqualTo(code);
    assertThat(problem.path("status").asInt()).isEqualTo(status);
    assertThat(problem.path("type").asString()).startsWith("urn:a2g:problem:");
    assertThat(problem.path("title").asString()).isNotBlank();
    assertThat(problem.path("trace_id").asString()).matches("[0-9a-f]{32}");
    assertThat(text()).doesNotContain("Exception", "org.", "java.", "SELECT", "INSERT");
    return this;
  }

  /** As above, with this field among the errors. */
  public Answer expectProblem(int status, String code, String field) {
    expectProblem(status, code);
    assertThat(json().path("errors"))
        .as(text())
        .anyMatch(error -> error.path("field").asString().equals(field));
    return this;
  }
}
