package io.a2g.user.scim;

import io.a2g.user.account.Departments;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * The attributes of a group that are kept, as a body has them.
 *
 * @param externalId null: the body clears it
 * @param members ids of users
 */
record GroupAttributes(String displayName, @Nullable String externalId, Set<Long> members) {

  private static final int LONGEST_NAME = 200;
  private static final int LONGEST_ID = 255;

  GroupAttributes {
    members = Set.copyOf(members);
  }

  /**
   * Reads a body.
   *
   * @param known the externalId that stays when the body has none; a client that does not know it
   *     must not cut the group off from its directory
   */
  static GroupAttributes read(JsonNode body, @Nullable String known) {
    ScimValues.requireObject(body);
    JsonNode externalId = attribute(body, "externalid");
    return new GroupAttributes(
        displayName(attribute(body, "displayname")),
        externalId.isMissingNode() ? known : externalId(externalId),
        members(attribute(body, "members")));
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
  static Set<Long> members(JsonNode value) {
    Set<Long> ids = new LinkedHashSet<>();
    if (value.isArray()) {
      requireFew(value.size());
      value.forEach(member -> ids.add(ScimValues.id(member)));
    } else if (!value.isNull() && !value.isMissingNode()) {
      ids.add(ScimValues.id(value));
    }
    return ids;
  }

  /**
   * Refuses too many members of one request.
   *
   * @throws ScimProblem tooMany
   */
  static void requireFew(int members) {
    if (members > Departments.MOST_MEMBERS) {
      throw ScimProblem.tooMany(
          "One request names at most %d members.".formatted(Departments.MOST_MEMBERS));
    }
  }

  private static JsonNode attribute(JsonNode body, String name) {
    for (var member : body.properties()) {
      if (ScimPath.withoutSchema(member.getKey()).equals(name)) {
        return member.getValue();
      }
    }
    return MissingNode.getInstance();
  }
}
