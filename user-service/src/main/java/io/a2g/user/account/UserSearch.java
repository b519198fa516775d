package io.a2g.user.account;

import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import java.util.List;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Service;

/** Searches live users as a directory does. */
@Service
@PreAuthorize("hasRole('ADMIN')")
public class UserSearch {

  private final EntityManager entities;

  UserSearch(EntityManager entities) {
    this.entities = entities;
  }

  /** A part of those who meet the condition, in the order of their ids. */
  @SuppressWarnings("unchecked")
  public List<User> page(SearchCondition condition, int offset, int limit) {
    return bound(
            entities.createNativeQuery(
                "SELECT u.* " + found(condition) + " ORDER BY u.id OFFSET ? LIMIT ?", User.class),
            condition.values(offset, limit))
        .getResultList();
  }

  /** How many there are. */
  public long count(SearchCondition condition) {
    var count =
        bound(
            entities.createNativeQuery("SELECT count(*) " + found(condition), Long.class),
            condition.values());
    return (Long) count.getSingleResult();
  }

  private static String found(SearchCondition condition) {
    return "FROM users.users u WHERE u.deleted_at IS NULL AND " + condition.sql();
  }

  private static Query bound(Query query, List<Object> values) {
    for (int i = 0; i < values.size(); i++) {
      query.setParameter(i + 1, values.get(i));
    }
    return query;
  }
}
