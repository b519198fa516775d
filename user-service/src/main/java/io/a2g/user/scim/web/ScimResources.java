package io.a2g.user.scim.web;

import io.a2g.common.web.EntityTags;
import io.a2g.user.account.DepartmentSummary;
import io.a2g.user.account.Profile;
import io.a2g.user.account.User;
import java.net.URI;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** Users and departments as SCIM resources; what has no value is left out. */
final class ScimResources {

  private ScimResources() {}

  static Map<String, Object> user(User user) {
    Profile profile = user.profile();
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("schemas", List.of("urn:ietf:params:scim:schemas:core:2.0:User"));
    view.put("id", Long.toString(user.id()));
    put(view, "externalId", user.externalId());
    view.put("userName", user.username());
    Map<String, Object> name = new LinkedHashMap<>();
    put(name, "formatted", profile.usernameEn());
    put(name, "familyName", user.familyName());
    put(name, "givenName", user.givenName());
    put(view, "name", name.isEmpty() ? null : name);
    put(
        view,
        "displayName",
        profile.usernameKr() == null ? profile.usernameEn() : profile.usernameKr());
    view.put("preferredLanguage", profile.languagePreference());
    view.put("active", user.disabledAt() == null);
    if (profile.email() != null) {
      view.put(
          "emails", List.of(Map.of("value", profile.email(), "type", "work", "primary", true)));
    }
    String department = user.department().code();
    if (department != null) {
      view.put("groups", List.of(reference("Groups", department)));
    }
    view.put(
        "meta",
        meta(
            "User",
            user.createdAt(),
            user.updatedAt(),
            EntityTags.of(user.version()),
            location("Users", Long.toString(user.id())).toString()));
    return view;
  }

  /**
   * A department.
   *
   * @param members ids of users
   */
  static Map<String, Object> group(DepartmentSummary group, List<Long> members) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("schemas", List.of("urn:ietf:params:scim:schemas:core:2.0:Group"));
    view.put("id", group.code());
    put(view, "externalId", group.externalId());
    view.put("displayName", group.displayName());
    view.put("members", members.stream().map(id -> reference("Users", Long.toString(id))).toList());
    view.put(
        "meta",
        meta(
            "Group",
            group.createdAt(),
            group.changedAt(),
            "\"" + group.tag() + "\"",
            location("Groups", group.code()).toString()));
    return view;
  }

  /** The address of a resource, as this client reaches the service. */
  static URI location(String... segments) {
    return ServletUriComponentsBuilder.fromCurrentContextPath()
        .path(ScimResponses.BASE)
        .pathSegment(segments)
        .build()
        .encode()
        .toUri();
  }

  private static Map<String, Object> reference(String type, String id) {
    return Map.of("value", id, "$ref", location(type, id).toString());
  }

  private static Map<String, Object> meta(
      String type, Instant created, Instant lastModified, String version, String location) {
    Map<String, Object> meta = new LinkedHashMap<>();
    meta.put("resourceType", type);
    meta.put("created", created);
    meta.put("lastModified", lastModified);
    meta.put("version", version);
    meta.put("location", location);
    return meta;
  }

  private static void put(Map<String, Object> view, String name, @Nullable Object value) {
    if (value != null) {
      view.put(name, value);
    }
  }
}
