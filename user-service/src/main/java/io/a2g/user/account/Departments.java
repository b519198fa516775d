package io.a2g.user.account;

import io.a2g.common.audit.AuditLog;
import io.a2g.common.error.InvalidRequest;
import io.a2g.common.error.ProblemException;
import io.a2g.common.error.ProblemType;
import io.a2g.common.error.ResourceNotFound;
import io.a2g.common.web.EntityTags;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Departments and their members, as a company directory keeps them. */
@Service
@PreAuthorize("hasRole('ADMIN')")
public class Departments {

  /** How many members are read, and changed, at once. */
  public static final int MOST_MEMBERS = 1_000;

  private static final String DEPARTMENT = "department";

  private final DepartmentList list;
  private final DepartmentRows rows;
  private final UserChanges changes;
  private final AuditLog audit;

  Departments(DepartmentList list, DepartmentRows rows, UserChanges changes, AuditLog audit) {
    this.list = list;
    this.rows = rows;
    this.changes = changes;
    this.audit = audit;
  }

  /** Departments in the order of their codes. */
  public List<DepartmentSummary> page(SearchCondition condition, int offset, int limit) {
    return list.page(condition, offset, limit);
  }

  /** How many departments the search finds. */
  public long count(SearchCondition condition) {
    return list.count(condition);
  }

  /** One department. */
  public DepartmentSummary get(String code) {
    return list.page(withCode(code), 0, 1).stream()
        .findFirst()
        .orElseThrow(() -> new ResourceNotFound(DEPARTMENT, code));
  }

  /**
   * Code → ids of the live users in it, ascending; at most {@link #MOST_MEMBERS} of each.
   * Departments without any are missing.
   */
  public Map<String, List<Long>> members(Collection<String> codes) {
    return list.members(codes, MOST_MEMBERS);
  }

  /**
   * Ids of all live users in it.
   *
   * @throws ProblemException 409 when there are more than {@link #MOST_MEMBERS}
   */
  public List<Long> everyMember(String code) {
    List<Long> ids = list.members(List.of(code), MOST_MEMBERS + 1).getOrDefault(code, List.of());
    if (ids.size() > MOST_MEMBERS) {
      throw new ProblemException(
          ProblemType.CONFLICT,
          "It has more than " + MOST_MEMBERS + " members; remove them in several requests first.");
    }
    return ids;
  }

  /**
   * Adds a department.
   *
   * @throws ProblemException 409 when one of this code or name exists, with or without a row
   */
  @Transactional
  public void create(String code, String displayName, @Nullable String externalId) {
    requireFree(SearchCondition.or(withCode(code), withName(displayName)));
    DepartmentRow row = rows.saveAndFlush(new DepartmentRow(code, displayName, externalId));
    audit.record("department.created", DEPARTMENT, row.id(), null, row.snapshot());
  }

  /**
   * Locks a department for a change, which makes a row of one that had none.
   *
   * @param ifMatch see {@link EntityTags#requireMatch}
   */
  @Transactional
  public void open(String code, @Nullable String ifMatch) {
    boolean described = rows.findForUpdate(code).isPresent();
    DepartmentSummary known = get(code);
    EntityTags.requireMatch(ifMatch, known.tag());
    if (!described && rows.addIfMissing(code, known.displayName()) == 0) {
      open(code, ifMatch); // another request made the row, and may have changed more
    }
  }

  /**
   * Changes name and directory id of a department that is open.
   *
   * @throws ProblemException 409 when another one has the name
   */
  @Transactional
  public void describe(String code, String displayName, @Nullable String externalId) {
    DepartmentRow row = row(code);
    DepartmentRow.Snapshot before = row.snapshot();
    if (!before.displayName().equalsIgnoreCase(displayName)) {
      requireFree(SearchCondition.and(withName(displayName), SearchCondition.not(withCode(code))));
    }
    row.describe(displayName, externalId);
    if (!before.equals(row.snapshot())) {
      rows.saveAndFlush(row);
      audit.record("department.updated", DEPARTMENT, row.id(), before, row.snapshot());
    }
  }

  /**
   * Moves users to a department that is open, and others out of it; those who are in the right
   * place stay as they are. Locks all of them at once in the order of their ids, in which all
   * changes lock users: two departments that exchange users do not wait for each other.
   *
   * @param joining deleted users among them are passed over
   * @param leaving whoever is not in the department is passed over
   * @throws InvalidRequest when one who joins is no user
   */
  @Transactional
  public void move(String code, Set<Long> joining, Set<Long> leaving) {
    String name = row(code).snapshot().displayName();
    Set<Long> ids = new TreeSet<>(joining);
    ids.addAll(leaving);
    List<User> users = changes.locked(ids);
    Set<Long> unknown = new TreeSet<>(joining);
    users.forEach(user -> unknown.remove(user.id()));
    if (!unknown.isEmpty()) {
      throw new InvalidRequest("members", "not_found", "names an id that is no user");
    }
    for (User user : users) {
      boolean inside = code.equals(user.department().code());
      if (!user.isLive()) {
        continue;
      }
      if (joining.contains(user.id()) && !inside) {
        provision(user, new Department(code, name, name));
      } else if (leaving.contains(user.id()) && inside) {
        provision(user, Department.NONE);
      }
    }
  }

  /** Removes a department; its members are in none then. */
  @Transactional
  public void remove(String code, @Nullable String ifMatch) {
    open(code, ifMatch);
    move(code, Set.of(), Set.copyOf(everyMember(code)));
    DepartmentRow row = row(code);
    rows.delete(row);
    audit.record("department.deleted", DEPARTMENT, row.id(), row.snapshot(), null);
  }

  private static SearchCondition withCode(String code) {
    return SearchCondition.of(SearchColumn.DEPARTMENT_CODE, SearchCondition.Operator.EQ, code);
  }

  private static SearchCondition withName(String name) {
    return SearchCondition.of(SearchColumn.DEPARTMENT_NAME, SearchCondition.Operator.EQ, name);
  }

  // One at a time from here to the commit, or two of one name would both find it free.
  private void requireFree(SearchCondition taken) {
    rows.lockNames();
    if (list.count(taken) > 0) {
      throw new ProblemException(
          ProblemType.ALREADY_EXISTS, "A department of this name exists already.");
    }
  }

  private DepartmentRow row(String code) {
    return rows.findForUpdate(code).orElseThrow(() -> new ResourceNotFound(DEPARTMENT, code));
  }

  private void provision(User user, Department to) {
    changes.apply(
        "user.provisioned", user, null, moved -> moved.update(UserEdit.of(moved.profile(), to)));
  }
}
