package io.a2g.user.scim;

import io.a2g.common.error.ResourceNotFound;
import io.a2g.common.security.Caller;
import io.a2g.user.account.Departures;
import io.a2g.user.account.DirectoryQuery;
import io.a2g.user.account.Provisioning;
import io.a2g.user.account.User;
import io.a2g.user.account.UserDirectory;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import tools.jackson.databind.JsonNode;

/** What a company directory does with users. */
@Service
public class ScimUsers {

  private static final String ADDRESS = "emails.value";
  private static final String WORK_ADDRESS = "emails[type eq \"work\"].value";
  private static final Set<String> FILTERED =
      Set.of("id", "username", "externalid", "active", "emails", ADDRESS, WORK_ADDRESS);

  private final Provisioning provisioning;
  private final UserDirectory users;
  private final Departures departures;
  private final ScimProperties properties;

  ScimUsers(
      Provisioning provisioning,
      UserDirectory users,
      Departures departures,
      ScimProperties properties) {
    this.provisioning = provisioning;
    this.users = users;
    this.departures = departures;
    this.properties = properties;
  }

  /** Live users in the order of their ids. */
  public Found<User> find(@Nullable String filter, ScimPage page) {
    Terms terms = Terms.of(filter, FILTERED);
    String id = terms.text("id");
    if (terms.contradictory() || (id != null && !isId(id))) {
      return Found.nothing();
    }
    String name = terms.text("username");
    String active = terms.text("active");
    DirectoryQuery query =
        new DirectoryQuery(
            id == null ? null : Long.valueOf(id),
            name == null ? null : name.toLowerCase(Locale.ROOT),
            terms.text("externalid"),
            address(terms),
            active == null ? null : Boolean.valueOf(active));
    long total = provisioning.count(query);
    boolean beyond = page.count() == 0 || page.offset() >= total;
    return new Found<>(
        beyond ? List.of() : provisioning.page(query, page.offset(), page.count()), total);
  }

  /** One live user. */
  public User get(Caller caller, String id) {
    User user = users.get(caller, number(id));
    if (!user.isLive()) {
      throw new ResourceNotFound("user", id);
    }
    return user;
  }

  /** Adds a user. */
  public User create(JsonNode body) {
    return provisioning.create(UserAttributes.read(body), properties.role());
  }

  /** Makes a user what the body says. */
  public User replace(Caller caller, String id, @Nullable String ifMatch, JsonNode body) {
    return provisioning.update(
        caller,
        number(id),
        ifMatch,
        properties.role(),
        user -> UserAttributes.replaced(user, body));
  }

  /** Changes what the operations name, all of it or nothing. */
  public User patch(Caller caller, String id, @Nullable String ifMatch, JsonNode body) {
    List<PatchOperation> operations = PatchOperation.all(body);
    return provisioning.update(
        caller,
        number(id),
        ifMatch,
        properties.role(),
        user -> UserAttributes.patched(user, operations));
  }

  /** Marks a user deleted, who must own no agents. */
  public void delete(Caller caller, String id, @Nullable String ifMatch) {
    departures.delete(caller, number(id), ifMatch, null);
  }

  private static @Nullable String address(Terms terms) {
    for (String attribute : List.of("emails", ADDRESS, WORK_ADDRESS)) {
      if (terms.text(attribute) != null) {
        return terms.text(attribute);
      }
    }
    return null;
  }

  private static long number(String id) {
    if (!isId(id)) {
      throw new ResourceNotFound("user", id);
    }
    return Long.parseLong(id);
  }

  private static boolean isId(String text) {
    return text.matches("[0-9]{1,18}");
  }
}
