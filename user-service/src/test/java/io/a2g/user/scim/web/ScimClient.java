package io.a2g.user.scim.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2g.common.testkit.http.Answer;
import io.a2g.common.testkit.http.Api;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Speaks to {@code /scim/v2} as a directory does, with SCIM's media type. */
record ScimClient(Api api) {

  private static final String MEDIA_TYPE = "application/scim+json";

  Answer get(String path, String... headers) {
    return api.get("/scim/v2" + path, headers);
  }

  Answer find(String list, String filter) {
    return get(list + "?filter=" + URLEncoder.encode(filter, StandardCharsets.UTF_8));
  }

  Answer send(String method, String path, @Nullable Object body, String... headers) {
    Api.Body bytes = body == null ? null : new Api.Body(MEDIA_TYPE, Api.json(body).bytes());
    return api.send(method, "/scim/v2" + path, bytes, headers);
  }

  /** A PATCH with these operations, each a JSON object. */
  Answer patch(String path, String... operations) {
    return send(
        "PATCH",
        path,
        "{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:PatchOp\"],\"Operations\":["
            + String.join(",", operations)
            + "]}");
  }

  /** Expects an error of SCIM's shape. */
  static Answer expectError(Answer answer, int status, @Nullable String scimType) {
    answer.expect(status);
    assertThat(answer.header("Content-Type")).isEqualTo(MEDIA_TYPE);
    assertThat(answer.at("/schemas/0").asString())
        .isEqualTo("urn:ietf:params:scim:api:messages:2.0:Error");
    assertThat(answer.at("/status").isString()).as("status is a string").isTrue();
    assertThat(answer.at("/status").asString()).isEqualTo(Integer.toString(status));
    assertThat(answer.at("/scimType").asString(null)).as(answer.text()).isEqualTo(scimType);
    assertThat(answer.text()).doesNotContain("Exception", "java.", "SELECT");
    return answer;
  }
}
