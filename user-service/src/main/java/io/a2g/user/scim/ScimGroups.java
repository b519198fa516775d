package io.a2g.user.scim;

import io.a2g.common.security.Caller;
import io.a2g.user.account.DepartmentQuery;
import io.a2g.user.account.DepartmentSummary;
import io.a2g.user.account.Departments;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
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

  private static final Set<String> FILTERED =
      Set.of("id", "displayname", "externalid", "members", "members.value");

  /** What can stand in a URL as one segment, whatever is in between. */
  private static final Pattern CODE = Pattern.compile("(?!\\.{1,2}$)[^/\\\\;%\\p{Cntrl}]{1,50}");

  private final Departments departments;

  ScimGroups(Departments departments) {
    this.departments = departments;
  }

  /** Groups in the order of their ids. */
  public ScimResults<DepartmentSummary> find(@Nullable String filter, ScimPage page) {
    ScimFilter wanted = ScimFilter.parse(filter, FILTERED);
    String member = wanted.text(wanted.text("members") == null ? "members.value" : "members");
    if (wanted.isContradictory() || (member != null && !member.matches("[0-9]{1,18}"))) {
      return ScimResults.nothing();
    }
    DepartmentQuery query =
        new DepartmentQuery(
            wanted.text("id"),
            wanted.text("displayname"),
            wanted.text("externalid"),
            member == null ? null : Long.valueOf(member));
    return new ScimResults<>(
        departments.page(query, page.offset(), page.count()), departments.count(query));
  }

  /** One group. */
  public DepartmentSummary get(String id) {
    return departments.get(id);
  }

  /** Ids of its members. */
  public List<Long> members(String id) {
    return departments.members(id);
  }

  /** Adds a group. Its displayName becomes the code of the department, which stays for good. */
  @Transactional
  public DepartmentSummary create(Caller caller, JsonNode body) {
    GroupAttributes wanted = GroupAttributes.read(body);
    if (!CODE.matcher(wanted.displayName()).matches()) {
      throw ScimProblem.invalidValue(
          "displayName must be at most 50 characters without / \\ ; %, to be a department's code.");
    }
    departments.create(wanted.displayName(), wanted.displayName(), wanted.externalId());
    departments.join(caller, wanted.displayName(), wanted.members());
    return departments.get(wanted.displayName());
  }

  /** Makes a group what the body says, its members too. */
  @Transactional
  public DepartmentSummary replace(
      Caller caller, String id, @Nullable String ifMatch, JsonNode body) {
    GroupAttributes wanted = GroupAttributes.read(body);
    departments.open(id, ifMatch);
    departments.describe(id, wanted.displayName(), wanted.externalId());
    setMembers(caller, id, wanted.members());
    return departments.get(id);
  }

  /** Changes what the operations name, all of it or nothing. */
  @Transactional
  public DepartmentSummary patch(
      Caller caller, String id, @Nullable String ifMatch, JsonNode body) {
    List<PatchOperation> operations = PatchOperation.all(body);
    departments.open(id, ifMatch);
    for (PatchOperation operation : operations) {
      if (operation.path() == null) {
        for (var member : operation.value().properties()) {
          apply(caller, id, operation.kind(), ScimPath.parse(member.getKey()), member.getValue());
        }
      } else {
        ScimPath path = ScimPath.parse(operation.path());
        apply(caller, id, operation.kind(), path, operation.value());
      }
    }
    return departments.get(id);
  }

  /** Removes a group; its members are in no department then. */
  public void delete(Caller caller, String id, @Nullable String ifMatch) {
    departments.remove(caller, id, ifMatch);
  }

  private void apply(
      Caller caller, String id, PatchOperation.Kind kind, ScimPath path, JsonNode value) {
    switch (path.dotted()) {
      case "members", "members.value" -> members(caller, id, kind, path, value);
      case "displayname" -> {
        DepartmentSummary known = departments.get(id);
        departments.describe(id, GroupAttributes.displayName(value), known.externalId());
      }
      case "externalid" -> {
        DepartmentSummary known = departments.get(id);
        departments.describe(id, known.displayName(), GroupAttributes.externalId(value));
      }
      // Okta repeats the id in the value of a replace.
      case "id", "schemas" -> {}
      default -> throw ScimProblem.invalidPath("A group has no attribute of this name.");
    }
  }

  private void members(
      Caller caller, String id, PatchOperation.Kind kind, ScimPath path, JsonNode value) {
    List<Long> named = GroupAttributes.members(value);
    if (path.filter() != null) {
      named = List.of(filtered(path.filter()));
    }
    switch (kind) {
      case ADD -> departments.join(caller, id, named);
      case REPLACE -> setMembers(caller, id, named);
      case REMOVE ->
          departments.leave(
              caller,
              id,
              path.filter() == null && value.isNull() ? departments.members(id) : named);
    }
  }

  private void setMembers(Caller caller, String id, List<Long> wanted) {
    List<Long> gone = new ArrayList<>(departments.members(id));
    gone.removeAll(Set.copyOf(wanted));
    departments.leave(caller, id, gone);
    departments.join(caller, id, wanted);
  }

  private static long filtered(String filter) {
    List<ScimFilter.Term> terms = ScimFilter.parse(filter).terms();
    if (terms.size() != 1 || !terms.getFirst().attribute().equals("value")) {
      throw ScimProblem.invalidPath("Members are named by members[value eq \"id\"].");
    }
    return ScimValues.id(terms.getFirst().value());
  }
}
