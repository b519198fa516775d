package io.a2g.user.scim;

import io.a2g.common.error.ResourceNotFound;
import io.a2g.common.security.Caller;
import io.a2g.user.account.SearchColumn;
import io.a2g.user.account.SearchCondition;
import io.a2g.user.account.User;
import io.a2g.user.account.UserDeletion;
import io.a2g.user.account.UserDirectory;
import io.a2g.user.account.UserProvisioning;
import io.a2g.user.account.UserSearch;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import tools.jackson.databind.JsonNode;

/** Users of a company directory. */
@Service
public class ScimUsers {

  private static final Map<String, SearchColumn> FILTERED =
      Map.ofEntries(
          Map.entry("id", SearchColumn.USER_ID),
          Map.entry("username", SearchColumn.USER_NAME),
          Map.entry("externalid", SearchColumn.USER_EXTERNAL_ID),
          Map.entry("displayname", SearchColumn.USER_DISPLAY_NAME),
          Map.entry("name.formatted", SearchColumn.USER_WHOLE_NAME),
          Map.entry("name.givenname", SearchColumn.USER_GIVEN_NAME),
          Map.entry("name.familyname", SearchColumn.USER_FAMILY_NAME),
          Map.entry("emails", SearchColumn.USER_EMAIL),
          Map.entry("emails.value", SearchColumn.USER_EMAIL),
          Map.entry("emails.type", SearchColumn.USER_EMAIL_TYPE),
          Map.entry("emails.primary", SearchColumn.USER_EMAIL_PRIMARY),
          Map.entry("preferredlanguage", SearchColumn.USER_LANGUAGE),
          Map.entry("active", SearchColumn.USER_ACTIVE),
          Map.entry("groups", SearchColumn.USER_DEPARTMENT),
          Map.entry("groups.value", SearchColumn.USER_DEPARTMENT),
          Map.entry("meta.created", SearchColumn.USER_CREATED_AT),
          Map.entry("meta.lastmodified", SearchColumn.USER_UPDATED_AT));

  private final UserProvisioning provisioning;
  private final UserSearch search;
  private final UserDirectory users;
  private final UserDeletion deletion;
  private final ScimProperties properties;

  ScimUsers(
      UserProvisioning provisioning,
      UserSearch search,
      UserDirectory users,
      UserDeletion deletion,
      ScimProperties properties) {
    this.provisioning = provisioning;
    this.search = search;
    this.users = users;
    this.deletion = deletion;
    this.properties = properties;
  }

  /** Live users in the order of their ids. */
  public ScimResults<User> find(@Nullable String filter, ScimPage page) {
    SearchCondition wanted = ScimFilter.search(filter, FILTERED);
    long total = search.count(wanted);
    boolean beyond = page.count() == 0 || page.offset() >= total;
    return new ScimResults<>(
        beyond ? List.of() : search.page(wanted, page.offset(), page.count()), total);
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

  private static long number(String id) {
    if (!ScimValues.isId(id)) {
      throw new ResourceNotFound("user", id);
    }
    return Long.parseLong(id);
  }
}
