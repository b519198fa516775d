package io.a2g.user.scim.web;

import static io.a2g.user.scim.web.ScimClient.expectError;
import static org.assertj.core.api.Assertions.assertThat;

import io.a2g.common.testkit.PlatformIT;
import io.a2g.common.testkit.http.Answer;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a directory asks before it begins. */
class ScimDiscoveryIT extends PlatformIT {

  private ScimClient scim;

  @BeforeEach
  void connectDirectory() {
    scim = new ScimClient(as(users().admin()));
  }

  @Test
  void configurationSaysWhatIsThere() {
    Answer config = scim.get("/ServiceProviderConfig").expect(200);

    assertThat(config.header("Content-Type")).isEqualTo("application/scim+json");
    for (String there : List.of("patch", "filter", "etag")) {
      assertThat(config.at("/" + there + "/supported").asBoolean()).as(there).isTrue();
    }
    for (String missing : List.of("bulk", "sort", "changePassword")) {
      assertThat(config.at("/" + missing + "/supported").asBoolean(true)).as(missing).isFalse();
    }
    assertThat(config.at("/filter/maxResults").asInt()).isEqualTo(200);
  }

  @Test
  void addressesAreWhole() {
    for (String path : List.of("/ServiceProviderConfig", "/ResourceTypes/User")) {
      assertThat(scim.get(path).expect(200).at("/meta/location").asString())
          .startsWith("http://127.0.0.1:")
          .endsWith("/scim/v2" + path);
    }
    assertThat(scim.get("/Schemas").expect(200).at("/Resources/1/meta/location").asString())
        .startsWith("http://127.0.0.1:")
        .endsWith("/scim/v2/Schemas/urn:ietf:params:scim:schemas:core:2.0:Group");
  }

  @Test
  void typesAndSchemasAreListedAndReadOneByOne() {
    Answer types = scim.get("/ResourceTypes").expect(200);
    assertThat(types.at("/totalResults").asInt()).isEqualTo(2);
    assertThat(scim.get("/ResourceTypes/Group").expect(200).at("/endpoint").asString())
        .isEqualTo("/Groups");
    Answer schemas = scim.get("/Schemas").expect(200);
    for (var schema : schemas.at("/Resources")) {
      Answer one = scim.get("/Schemas/" + schema.path("id").asString()).expect(200);
      assertThat(one.json()).isEqualTo(schema);
    }
    expectError(scim.get("/Schemas/none"), 404, null);
    expectError(scim.get("/ResourceTypes/none"), 404, null);
  }
}
