package io.a2g.systemtest;

import tools.jackson.databind.JsonNode;

/**
 * What a service answered.
 *
 * @param request service, method and path, for messages
 * @param body empty when there is none
 */
public record Answer(String request, int status, String body) {

  public JsonNode json() {
    return Json.read(body);
  }

  /**
   * This answer, when it has the status; otherwise throws {@link Failure} with what the service
   * said.
   */
  public Answer expect(int expected) {
    Failure.unless(
        status == expected, "%s answered %d instead of %d%s", request, status, expected, reason());
    return this;
  }

  /** This answer, when it refuses the field with 422. */
  public Answer expectRefusalOf(String field) {
    expect(422);
    boolean named =
        json().path("errors").valueStream().anyMatch(e -> e.path("field").asString().equals(field));
    Failure.unless(named, "%s answered 422 without naming %s%s", request, field, reason());
    return this;
  }

  // A problem's own words; its first error says more than its title.
  private String reason() {
    if (!body.startsWith("{")) {
      return "";
    }
    JsonNode problem = json();
    JsonNode error = problem.path("errors").path(0);
    String text =
        error.isMissingNode()
            ? problem.path("detail").asString()
            : error.path("field").asString() + " " + error.path("message").asString();
    return ": " + text.lines().findFirst().orElse(problem.path("title").asString());
  }
}
