package io.a2g.user.scim;

import io.a2g.common.error.ResourceNotFound;
import io.a2g.common.security.Caller;
import io.a2g.user.account.DirectoryQuery;
import io.a2g.user.account.User;
import io.a2g.user.account.UserDeletion;
import io.a2g.user.account.UserDirectory;
import io.a2g.user.account.UserProvisioning;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import tools.jackson.databind.JsonNode;

/** Users of a company directory. */
@Service
public class ScimUsers {

  private static final String ADDRESS = "emails.value";
  private static final String WORK_ADDRESS = "emails[type eq \"work\"].value";
  private static final Set<String> FILTERED =
      Set.of("id", "username", "externalid", "active", "emails", ADDRESS, WORK_ADDRESS);

  private final UserProvisioning provisioning;
  private final UserDirectory users;
  private final UserDeletion deletion;
  private final ScimProperties properties;

  ScimUsers(
      UserProvisioning provisioning,
      UserDirectory users,
      UserDeletion deletion,
      ScimProperties properties) {
    this.provisioning = provisioning;
    this.users = users;
    this.deletion = deletion;
    this.properties = properties;
  }

  /** Live users in the order of their ids. */
  public ScimResults<User> find(@Nullable String filter, ScimPage page) {
    ScimFilter wanted = ScimFilter.parse(filter, FILTERED);
    String id = wanted.text("id");
    if (wanted.isContradictory() || (id != null && !isId(id))) {
      return ScimResults.nothing();
    }
    String name = wanted.text("username");
    String active = wanted.text("active");
    DirectoryQuery query =
        new DirectoryQuery(
            id == null ? null : Long.valueOf(id),
            name == null ? null : name.toLowerCase(Locale.ROOT),
            wanted.text("externalid"),
            address(wanted),
            active == null ? null : Boolean.valueOf(active));
    long total = provisioning.count(query);
    boolean beyond = page.count() == 0 || page.offset() >= total;
    return new ScimResults<>(
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
    deletion.delete(caller, number(id), ifMatch, null);
  }

  private static @Nullable String address(ScimFilter wanted) {
    for (String attribute : List.of("emails", ADDRESS, WORK_ADDRESS)) {
      if (wanted.text(attribute) != null) {
        return wanted.text(attribute);
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
