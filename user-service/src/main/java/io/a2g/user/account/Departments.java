package io.a2g.user.account;

import io.a2g.common.audit.AuditLog;
import io.a2g.common.error.InvalidRequest;
import io.a2g.common.error.ProblemException;
import io.a2g.common.error.ProblemType;
import io.a2g.common.error.ResourceNotFound;
import io.a2g.common.security.Caller;
import io.a2g.common.web.EntityTags;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
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
  private final Users users;
  private final DepartmentRows rows;
  private final UserChanges changes;
  private final AuditLog audit;

  Departments(
      DepartmentList list, DepartmentRows rows, Users users, UserChanges changes, AuditLog audit) {
    this.list = list;
    this.users = users;
    this.rows = rows;
    this.changes = changes;
    this.audit = audit;
  }

  /** Departments in the order of their codes. */
  public List<DepartmentSummary> page(DepartmentQuery query, int offset, int limit) {
    return list.page(query, offset, limit);
  }

  /** How many departments the query finds. */
  public long count(DepartmentQuery query) {
    return list.count(query);
  }

  /** One department. */
  public DepartmentSummary get(String code) {
    return list.page(new DepartmentQuery(code, null, null, null), 0, 1).stream()
        .findFirst()
        .orElseThrow(() -> new ResourceNotFound(DEPARTMENT, code));
  }

  /** Ids of the live users in it, ascending; at most {@link #MOST_MEMBERS}. */
  public List<Long> members(String code) {
    return users.members(code, MOST_MEMBERS);
  }

  /**
   * Adds a department.
   *
   * @throws ProblemException 409 when it exists, with or without a row
   */
  @Transactional
  public void create(String code, String displayName, @Nullable String externalId) {
    if (list.count(new DepartmentQuery(code, null, null, null)) > 0) {
      throw new ProblemException(
          ProblemType.ALREADY_EXISTS, "A department of this name exists already.");
    }
    DepartmentRow row = rows.saveAndFlush(new DepartmentRow(code, displayName, externalId));
    audit.record("department.created", DEPARTMENT, row.id(), null, row.snapshot());
  }

  /**
   * Locks a department for a change, which makes a row of one that had none.
   *
   * @param ifMatch see {@link EntityTags#requireMatch}
   * @throws ProblemException 409 when it is too large to be changed as a whole
   */
  @Transactional
  public void open(String code, @Nullable String ifMatch) {
    boolean described = rows.findForUpdate(code).isPresent();
    DepartmentSummary known = get(code);
    EntityTags.requireMatch(ifMatch, known.tag());
    if (known.members() > MOST_MEMBERS) {
      throw new ProblemException(
          ProblemType.CONFLICT,
          "It has more than " + MOST_MEMBERS + " members; move them one by one first.");
    }
    if (!described) {
      rows.saveAndFlush(new DepartmentRow(code, known.displayName(), known.externalId()));
    }
  }

  /** Changes name and directory id of a department that is open. */
  @Transactional
  public void describe(String code, String displayName, @Nullable String externalId) {
    DepartmentRow row = row(code);
    DepartmentRow.Snapshot before = row.snapshot();
    row.describe(displayName, externalId);
    if (!before.equals(row.snapshot())) {
      rows.saveAndFlush(row);
      audit.record("department.updated", DEPARTMENT, row.id(), before, row.snapshot());
    }
  }

  /**
   * Moves users to a department that is open; those who are there stay as they are.
   *
   * @throws InvalidRequest when one of them is no live user
   */
  @Transactional
  public void join(Caller caller, String code, Collection<Long> users) {
    String name = row(code).snapshot().displayName();
    each(
        caller,
        users,
        user -> {
          if (!code.equals(user.department().code())) {
            move(user, new Department(code, name, name));
          }
        });
  }

  /** Takes users out of a department that is open; others stay where they are. */
  @Transactional
  public void leave(Caller caller, String code, Collection<Long> users) {
    each(
        caller,
        users,
        user -> {
          if (code.equals(user.department().code())) {
            move(user, Department.NONE);
          }
        });
  }

  /** Removes a department; its members are in none then. */
  @Transactional
  public void remove(Caller caller, String code, @Nullable String ifMatch) {
    open(code, ifMatch);
    leave(caller, code, members(code));
    DepartmentRow row = row(code);
    rows.delete(row);
    audit.record("department.deleted", DEPARTMENT, row.id(), row.snapshot(), null);
  }

  private DepartmentRow row(String code) {
    return rows.findForUpdate(code).orElseThrow(() -> new ResourceNotFound(DEPARTMENT, code));
  }

  // In the order of their ids, in which all changes lock users.
  private void each(Caller caller, Collection<Long> users, Consumer<User> action) {
    for (long id : users.stream().distinct().sorted().toList()) {
      try {
        action.accept(changes.lockedLive(caller, id));
      } catch (ResourceNotFound e) {
        throw new InvalidRequest("members", "not_found", "names an id that is no live user");
      }
    }
  }

  private void move(User user, Department to) {
    changes.apply(
        "user.provisioned", user, null, moved -> moved.update(UserEdit.of(moved.profile(), to)));
  }
}
