package io.a2g.user.scim;

import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * What all operations of a request together do to the members of a group: known before the first
 * user is locked, so that all can be locked in one order.
 */
final class MemberChanges {

  private final Set<Long> joining = new TreeSet<>();
  private final Set<Long> leaving = new TreeSet<>();
  private final Supplier<? extends Iterable<Long>> everyMember;

  /**
   * @param everyMember ids of those who are in the group before the request
   */
  MemberChanges(Supplier<? extends Iterable<Long>> everyMember) {
    this.everyMember = everyMember;
  }

  void add(Set<Long> ids) {
    joining.addAll(ids);
    leaving.removeAll(ids);
    GroupAttributes.requireFew(joining.size());
  }

  void remove(Set<Long> ids) {
    joining.removeAll(ids);
    leaving.addAll(ids);
    GroupAttributes.requireFew(leaving.size());
  }

  void replace(Set<Long> ids) {
    joining.clear();
    everyMember.get().forEach(leaving::add);
    add(ids);
  }

  Set<Long> joining() {
    return joining;
  }

  Set<Long> leaving() {
    return leaving;
  }
}
