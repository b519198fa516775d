package io.a2g.user.scim;

import io.a2g.user.account.DirectoryEntry;
import io.a2g.user.account.Profile;
import io.a2g.user.account.User;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;

/**
 * The attributes of a user that are kept, while a request is read. {@code displayName} is kept as
 * the Korean name and {@code name.formatted} as the English one; given and family name count when
 * both are in one request and no formatted one is. What the platform has no place for is passed
 * over, or no directory could be connected without trimming its mapping first.
 */
final class UserAttributes {

  private static final Pattern USER_NAME = Pattern.compile("[a-z0-9][a-z0-9._@+#'-]{0,127}");
  private static final Pattern ADDRESS = Pattern.compile("[^@\\s]{1,200}@[^@\\s]{1,200}");
  private static final int LONGEST_NAME = 100;
  private static final int LONGEST_ADDRESS = 254;
  private static final int LONGEST_ID = 255;
  private static final Set<String> READ_ONLY = Set.of("id", "meta", "groups");
  private static final Set<String> PASSED_OVER =
      Set.of(
          "schemas",
          "nickname",
          "profileurl",
          "title",
          "usertype",
          "locale",
          "timezone",
          "password",
          "phonenumbers",
          "ims",
          "photos",
          "addresses",
          "entitlements",
          "roles",
          "x509certificates",
          ScimPath.ENTERPRISE);

  private @Nullable String userName;
  private @Nullable String externalId;
  private @Nullable String displayName;
  private @Nullable String formatted;
  private boolean formattedByRequest;
  private @Nullable String givenName;
  private @Nullable String familyName;
  private @Nullable String email;
  private boolean active = true;
  private String theme = Profile.DEFAULT_THEME;
  private String language = Profile.DEFAULT_LANGUAGE;

  private UserAttributes() {}

  /** Of a new user. */
  static DirectoryEntry read(JsonNode body) {
    UserAttributes attributes = new UserAttributes();
    attributes.putAll(body, false);
    return attributes.entry();
  }

  /** Of a user as a PUT has it: names and address that it leaves out are cleared. */
  static DirectoryEntry replaced(User user, JsonNode body) {
    UserAttributes attributes = of(user);
    attributes.displayName = null;
    attributes.formatted = null;
    attributes.email = null;
    attributes.putAll(body, false);
    return attributes.entry();
  }

  /** Of a user after a PATCH. */
  static DirectoryEntry patched(User user, Iterable<PatchOperation> operations) {
    UserAttributes attributes = of(user);
    for (PatchOperation operation : operations) {
      if (operation.path() == null) {
        attributes.putAll(operation.value(), true);
      } else if (operation.kind() == PatchOperation.Kind.REMOVE) {
        attributes.put(ScimPath.parse(operation.path()), NullNode.getInstance(), true);
      } else {
        attributes.put(ScimPath.parse(operation.path()), operation.value(), true);
      }
    }
    return attributes.entry();
  }

  private static UserAttributes of(User user) {
    UserAttributes attributes = new UserAttributes();
    Profile profile = user.profile();
    attributes.userName = user.username();
    attributes.externalId = user.externalId();
    attributes.displayName = profile.usernameKr();
    attributes.formatted = profile.usernameEn();
    attributes.email = profile.email();
    attributes.active = user.disabledAt() == null;
    attributes.theme = profile.themePreference();
    attributes.language = profile.languagePreference();
    return attributes;
  }

  // Resources repeat what is read-only, Okta's patches too; and only resources may have attributes
  // that we do not know.
  private void putAll(JsonNode object, boolean strict) {
    for (var member : ScimValues.requireObject(object).properties()) {
      String name = ScimPath.withoutSchema(member.getKey());
      boolean extension = name.contains(":");
      if (!extension && !READ_ONLY.contains(name)) {
        put(ScimPath.parse(name), member.getValue(), strict);
      }
    }
  }

  private void put(ScimPath path, JsonNode value, boolean strict) {
    switch (path.dotted()) {
      case "username" -> userName = userName(value);
      case "externalid" -> externalId = ScimValues.text("externalId", value, LONGEST_ID);
      case "displayname" -> displayName = ScimValues.text("displayName", value, LONGEST_NAME);
      case "active" -> active = ScimValues.truth("active", value);
      case "name.formatted" -> formattedAs(ScimValues.text("name.formatted", value, LONGEST_NAME));
      case "name.givenname" -> givenName = ScimValues.text("name.givenName", value, LONGEST_NAME);
      case "name.familyname" ->
          familyName = ScimValues.text("name.familyName", value, LONGEST_NAME);
      case "name" -> name(value, strict);
      case "emails", "emails.value" -> emails(path, value);
      case "preferredlanguage" -> language(value);
      default -> other(path, strict);
    }
  }

  private static void other(ScimPath path, boolean strict) {
    if (READ_ONLY.contains(path.attribute())) {
      throw ScimProblem.mutability(path.attribute() + " cannot be changed.");
    }
    boolean known =
        PASSED_OVER.contains(path.attribute())
            || path.attribute().equals("name")
            || path.attribute().equals("emails");
    if (strict && !known) {
      throw ScimProblem.invalidPath("A user has no attribute of this name.");
    }
  }

  private static String userName(JsonNode value) {
    String text = ScimValues.text("userName", value, 128);
    String name = text == null ? "" : text.toLowerCase(Locale.ROOT);
    if (!USER_NAME.matcher(name).matches()) {
      throw ScimProblem.invalidValue(
          "userName must be 1 to 128 letters, digits or ._@+#'- and begin with a letter or digit.");
    }
    return name;
  }

  private void name(JsonNode value, boolean strict) {
    if (value.isNull()) {
      formattedAs(null);
      return;
    }
    for (var part : ScimValues.requireObject(value).properties()) {
      put(ScimPath.parse("name." + part.getKey()), part.getValue(), strict);
    }
  }

  private void formattedAs(@Nullable String name) {
    formatted = name;
    formattedByRequest = true;
  }

  private void emails(ScimPath path, JsonNode value) {
    String filter = path.filter() == null ? "" : path.filter().toLowerCase(Locale.ROOT);
    boolean ours = filter.isEmpty() || filter.contains("\"work\"") || filter.contains("primary");
    if (ours) {
      email = address(value.isArray() ? preferred(value) : value);
    }
  }

  private static JsonNode preferred(JsonNode addresses) {
    JsonNode best = NullNode.getInstance();
    for (JsonNode address : addresses) {
      boolean primary = address.path("primary").asString("").equalsIgnoreCase("true");
      boolean work = address.path("type").asString("").equalsIgnoreCase("work");
      if (primary || best.isNull() || (work && !best.path("primary").asBoolean(false))) {
        best = address;
      }
    }
    return best;
  }

  private static @Nullable String address(JsonNode value) {
    JsonNode text = value.isObject() ? value.path("value") : value;
    String address =
        text.isMissingNode() ? null : ScimValues.text("emails.value", text, LONGEST_ADDRESS);
    if (address != null && !ADDRESS.matcher(address).matches()) {
      throw ScimProblem.invalidValue("emails.value must be an e-mail address.");
    }
    return address;
  }

  // Of the languages of the world the platform speaks two; others leave the choice as it is.
  private void language(JsonNode value) {
    String tag = ScimValues.text("preferredLanguage", value, LONGEST_ID);
    if (tag != null && tag.matches("(?i)(ko|en)\\b.*")) {
      language = tag.substring(0, 2).toLowerCase(Locale.ROOT);
    }
  }

  private DirectoryEntry entry() {
    if (userName == null) {
      throw ScimProblem.invalidValue("userName is required.");
    }
    if (!formattedByRequest && givenName != null && familyName != null) {
      formatted = shortened(givenName + " " + familyName);
    }
    return new DirectoryEntry(
        userName, externalId, new Profile(email, displayName, formatted, theme, language), active);
  }

  private static String shortened(String name) {
    return name.substring(0, Math.min(name.length(), LONGEST_NAME));
  }
}
