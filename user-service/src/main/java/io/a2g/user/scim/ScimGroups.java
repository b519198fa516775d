package io.a2g.user.scim;

import io.a2g.common.secret.Sha256;
import io.a2g.user.account.DepartmentSummary;
import io.a2g.user.account.Departments;
import io.a2g.user.account.SearchColumn;
import io.a2g.user.account.SearchCondition;
import io.a2g.user.account.SearchCondition.Operator;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.JsonNode;

/**
 * Groups of a company directory: each is a department, its id the department's code. A user is in
 * one department, so joining one means leaving another.
 */
@Service
public class ScimGroups {

  private static final Map<String, SearchColumn> FILTERED =
      Map.of(
          "id", SearchColumn.DEPARTMENT_CODE,
          "displayname", SearchColumn.DEPARTMENT_NAME,
          "externalid", SearchColumn.DEPARTMENT_EXTERNAL_ID,
          "members", SearchColumn.DEPARTMENT_MEMBER,
          "members.value", SearchColumn.DEPARTMENT_MEMBER);

  /** What can stand in a URL as one segment, whatever is in between. */
  private static final Pattern CODE =
      Pattern.compile("(?!\\.{1,2}$)[^/\\\\;%\\p{C}\\p{Zl}\\p{Zp}]{1,50}");

  private static final Pattern NO_CODE = Pattern.compile("[/\\\\;%\\p{C}\\p{Zl}\\p{Zp}]+");
  private static final int LONGEST_BEGINNING = 32;
  private static final int HASH_BYTES = 8;

  private final Departments departments;

  ScimGroups(Departments departments) {
    this.departments = departments;
  }

  /** Groups in the order of their ids. */
  public ScimResults<DepartmentSummary> find(@Nullable String filter, ScimPage page) {
    SearchCondition wanted = ScimFilter.search(filter, FILTERED);
    return new ScimResults<>(
        departments.page(wanted, page.offset(), page.count()), departments.count(wanted));
  }

  /** One group. */
  public DepartmentSummary get(String id) {
    return departments.get(id);
  }

  /** Id of a group → ids of its members; groups without any are missing. */
  public Map<String, List<Long>> members(Collection<String> ids) {
    return departments.members(ids);
  }

  /** Adds a group. The code of the department comes from its displayName, and stays for good. */
  @Transactional
  public DepartmentSummary create(JsonNode body) {
    GroupAttributes wanted = GroupAttributes.read(body, null);
    String id = code(wanted.displayName());
    departments.create(id, wanted.displayName(), wanted.externalId());
    departments.move(id, wanted.members(), Set.of());
    return departments.get(id);
  }

  /** Makes a group what the body says, its members too. */
  @Transactional
  public DepartmentSummary replace(String id, @Nullable String ifMatch, JsonNode body) {
    departments.open(id, ifMatch);
    GroupAttributes wanted = GroupAttributes.read(body, departments.get(id).externalId());
    departments.describe(id, wanted.displayName(), wanted.externalId());
    var members = new MemberChanges(() -> departments.everyMember(id));
    members.replace(wanted.members());
    departments.move(id, members.joining(), members.leaving());
    return departments.get(id);
  }

  /** Changes what the operations name, all of it or nothing. */
  @Transactional
  public DepartmentSummary patch(String id, @Nullable String ifMatch, JsonNode body) {
    List<PatchOperation> operations = PatchOperation.all(body);
    departments.open(id, ifMatch);
    var members = new MemberChanges(() -> departments.everyMember(id));
    for (PatchOperation operation : operations) {
      if (operation.path() != null) {
        ScimPath path = ScimPath.parse(operation.path());
        apply(id, operation.kind(), path, operation.value(), members);
        continue;
      }
      for (var member : operation.value().properties()) {
        if (!isPassedOver(id, member.getKey(), member.getValue())) {
          ScimPath path = ScimPath.parse(member.getKey());
          apply(id, operation.kind(), path, member.getValue(), members);
        }
      }
    }
    departments.move(id, members.joining(), members.leaving());
    return departments.get(id);
  }

  /** Removes a group; its members are in no department then. */
  public void delete(String id, @Nullable String ifMatch) {
    departments.remove(id, ifMatch);
  }

  private void apply(
      String id, PatchOperation.Kind kind, ScimPath path, JsonNode value, MemberChanges members) {
    switch (path.dotted()) {
      case "members", "members.value" -> members(kind, path, value, members);
      case "displayname" ->
          departments.describe(
              id, GroupAttributes.displayName(value), departments.get(id).externalId());
      case "externalid" ->
          departments.describe(
              id, departments.get(id).displayName(), GroupAttributes.externalId(value));
      case "schemas" -> {}
      case "id", "meta" -> throw ScimProblem.mutability(path.attribute() + " cannot be changed.");
      default -> throw ScimProblem.invalidPath("A group has no attribute of this name.");
    }
  }

  // Okta repeats the id in the value of a replace; extensions are not kept.
  private static boolean isPassedOver(String id, String attribute, JsonNode value) {
    String name = ScimPath.withoutSchema(attribute);
    return name.contains(":") || (name.equals("id") && value.asString("").equals(id));
  }

  private static void members(
      PatchOperation.Kind kind, ScimPath path, JsonNode value, MemberChanges members) {
    Set<Long> named =
        path.filter() == null ? GroupAttributes.members(value) : selected(path.filter());
    switch (kind) {
      case ADD -> members.add(named);
      case REPLACE -> {
        if (path.filter() != null) {
          throw ScimProblem.mutability("A member cannot become another one; remove and add.");
        }
        members.replace(named);
      }
      case REMOVE -> {
        if (path.filter() == null && value.isNull()) {
          members.replace(Set.of());
        } else {
          members.remove(named);
        }
      }
    }
  }

  // value eq "7", or several of these joined by or.
  private static Set<Long> selected(ScimFilter filter) {
    Set<Long> ids = new TreeSet<>();
    switch (filter) {
      case ScimFilter.Or(var left, var right) -> {
        ids.addAll(selected(left));
        ids.addAll(selected(right));
      }
      case ScimFilter.Comparison(var attribute, var operator, var value)
          when attribute.equals("value") && operator == Operator.EQ && ScimValues.isId(value) ->
          ids.add(Long.valueOf(value));
      default -> throw ScimProblem.invalidPath("Members are named by members[value eq \"id\"].");
    }
    return ids;
  }

  // The name itself where it can be a code; else as much of it as can, and what no other name has.
  private static String code(String displayName) {
    if (CODE.matcher(displayName).matches()) {
      return displayName;
    }
    String beginning = NO_CODE.matcher(displayName).replaceAll("-");
    int length = beginning.codePointCount(0, beginning.length());
    int end = beginning.offsetByCodePoints(0, Math.min(length, LONGEST_BEGINNING));
    String hash = HexFormat.of().formatHex(Sha256.of(displayName), 0, HASH_BYTES);
    return beginning.substring(0, end) + "-" + hash;
  }
}
