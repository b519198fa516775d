package io.a2g.systemtest.demo;

import io.a2g.systemtest.Failure;
import io.a2g.systemtest.Json;
import io.a2g.systemtest.Platform;
import io.a2g.systemtest.Service;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import tools.jackson.databind.JsonNode;

/** The people of the story: made by the administrator, with names that are new in every run. */
final class Cast {

  /**
   * Somebody in the story.
   *
   * @param name as colleagues know it
   * @param keyId the API key to revoke when the story ends
   * @param platform the platform as this person may use it
   */
  record Person(long id, String username, String name, long keyId, Platform platform) {}

  private final Platform admin;
  private final Platform anyone;
  private final List<Person> people = new ArrayList<>();
  // Two runs in one second must not meet.
  private final String suffix =
      Long.toString(System.currentTimeMillis() / 1000, 36)
          + Integer.toString(ThreadLocalRandom.current().nextInt(36 * 36, 36 * 36 * 36), 36);

  Cast(Platform anyone, String adminKey) {
    this.anyone = anyone;
    this.admin = anyone.as(adminKey);
  }

  Platform admin() {
    return admin;
  }

  /** A department of this run only: who shares it is a team. */
  String department(String name) {
    return "DEMO-" + name + "-" + suffix;
  }

  /** Makes a user and an API key for it. */
  Person enter(String name, String koreanName, String englishName, String department) {
    JsonNode body =
        Json.object(
            "username",
            "demo-" + name + "-" + suffix,
            "role",
            "USER",
            "username_kr",
            koreanName,
            "username_en",
            englishName,
            "dept_code",
            department,
            "language_preference",
            "en");
    JsonNode user = admin.post(Service.USER, "/api/v1/users", body).expect(201).json();
    long id = user.path("id").asLong();
    JsonNode wish = Json.object("name", "scripts/demo.sh", "user_id", id);
    JsonNode key = admin.post(Service.USER, "/api/v1/api-keys", wish).expect(201).json();
    Platform own = anyone.as(key.path("key").asString());
    JsonNode me = own.get(Service.USER, "/api/v1/users/me").expect(200).json();
    Failure.unless(me.path("id").asLong() == id, "the key of user %d belongs to somebody else", id);
    var person =
        new Person(id, user.path("username").asString(), englishName, key.path("id").asLong(), own);
    people.add(person);
    return person;
  }

  /** Revokes the keys, which nobody knows once the story is told. */
  void leave() {
    for (Person person : people) {
      String path = "/api/v1/api-keys/" + person.keyId();
      admin.delete(Service.USER, path).expect(204);
      JsonNode key = admin.get(Service.USER, path).expect(200).json();
      Failure.unless(key.hasNonNull("revoked_at"), "key %d is not revoked", person.keyId());
    }
  }
}
