package io.a2g.systemtest.fuzz;

import io.a2g.systemtest.Json;
import io.a2g.systemtest.Platform;
import io.a2g.systemtest.Service;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** The users of one fuzzer, made by the administrator; one that lost its key is replaced. */
final class Callers {

  static final String USERS = "/api/v1/users";

  private final Platform administrator;
  private final KnownIds ids;
  private final Map<String, String> keys = new HashMap<>();

  Callers(Platform administrator, KnownIds ids) {
    this.administrator = administrator;
    this.ids = ids;
  }

  /** The API key of a user with this role. */
  String key(String role) {
    return keys.computeIfAbsent(role, this::make);
  }

  /** Forgets a key that is refused. */
  void lost(String key) {
    keys.values().remove(key);
  }

  private String make(String role) {
    String name = "fuzz-" + UUID.randomUUID().toString().substring(0, 13);
    long id =
        administrator
            .post(Service.USER, USERS, Json.object("username", name, "role", role))
            .expect(201)
            .json()
            .path("id")
            .asLong();
    ids.add(USERS, String.valueOf(id));
    return administrator
        .post(
            Service.USER,
            "/api/v1/api-keys",
            Json.object("name", "scripts/check-api.sh", "user_id", id))
        .expect(201)
        .json()
        .path("key")
        .asString();
  }
}
