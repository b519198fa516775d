/**
 * What a service answered.
 *
 * @param request service, method and path, for messages
 * @param body empty when there is none
 */
record Answer(String request, int status, String body) {

  Json json() {
    return Json.read(body);
  }

  /** This answer, when it has the status; otherwise the demo ends with what the service said. */
  Answer expect(int expected) {
    DemoFailure.unless(
        status == expected, "%s answered %d instead of %d%s", request, status, expected, reason());
    return this;
  }

  /** This answer, when it refuses the field with 422. */
  Answer expectRefusalOf(String field) {
    expect(422);
    boolean named =
        json().at("errors").items().stream().anyMatch(e -> e.at("field").text().equals(field));
    DemoFailure.unless(named, "%s answered 422 without naming %s%s", request, field, reason());
    return this;
  }

  // A problem's own words; its first error says more than its title.
  private String reason() {
    if (!body.startsWith("{")) {
      return "";
    }
    Json problem = json();
    var errors = problem.at("errors").items();
    String text =
        errors.isEmpty()
            ? problem.at("detail").text()
            : errors.getFirst().at("field").text() + " " + errors.getFirst().at("message").text();
    return ": " + text.lines().findFirst().orElse(problem.at("title").text());
  }
}
