package io.a2g.user.scim;

import io.a2g.user.account.Departments;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;

/**
 * The attributes of a group that are kept.
 *
 * @param members ids of users
 */
record GroupAttributes(String displayName, @Nullable String externalId, List<Long> members) {

  private static final int LONGEST_NAME = 200;
  private static final int LONGEST_ID = 255;

  GroupAttributes {
    members = List.copyOf(members);
  }

  static GroupAttributes read(JsonNode body) {
    Map<String, JsonNode> attributes = new TreeMap<>();
    for (var member : ScimValues.requireObject(body).properties()) {
      attributes.put(ScimPath.withoutSchema(member.getKey()), member.getValue());
    }
    JsonNode absent = NullNode.getInstance();
    return new GroupAttributes(
        displayName(attributes.getOrDefault("displayname", absent)),
        externalId(attributes.getOrDefault("externalid", absent)),
        members(attributes.getOrDefault("members", absent)));
  }

  static String displayName(JsonNode value) {
    String name = ScimValues.text("displayName", value, LONGEST_NAME);
    if (name == null) {
      throw ScimProblem.invalidValue("displayName is required.");
    }
    return name;
  }

  static @Nullable String externalId(JsonNode value) {
    return ScimValues.text("externalId", value, LONGEST_ID);
  }

  /** Ids in a list of members, in one member, or in nothing. */
  static List<Long> members(JsonNode value) {
    List<Long> ids = new ArrayList<>();
    if (value.isArray()) {
      value.forEach(member -> ids.add(ScimValues.id(member)));
    } else if (!value.isNull()) {
      ids.add(ScimValues.id(value));
    }
    if (ids.size() > Departments.MOST_MEMBERS) {
      throw ScimProblem.tooMany(
          "One request names at most %d members.".formatted(Departments.MOST_MEMBERS));
    }
    return ids;
  }
}
