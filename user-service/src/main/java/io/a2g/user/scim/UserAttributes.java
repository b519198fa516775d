package io.a2g.user.scim;

import io.a2g.user.account.DirectoryEntry;
import io.a2g.user.account.Profile;
import io.a2g.user.account.User;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;

/**
 * The attributes of a user that are kept, while a request is read. {@code displayName} is kept as
 * the Korean name and {@code name.formatted} as the English one; given and family name are kept as
 * they come, and make the formatted one where a request has none. What the platform has no place
 * for is passed over, or no directory could be connected without trimming its mapping first.
 */
final class UserAttributes {

  private static final Pattern USER_NAME =
      Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{M}\\p{N}._@+#'-]{0,127}");
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
  private boolean partsByRequest;
  private boolean madeOfParts;
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
    attributes.givenName = null;
    attributes.familyName = null;
    attributes.email = null;
    attributes.putAll(body, false);
    return attributes.entry();
  }

  /** Of a user after a PATCH. */
  static DirectoryEntry patched(User user, Iterable<PatchOperation> operations) {
    UserAttributes attributes = of(user);
    for (PatchOperation operation : operations) {
      if (operation.path() == null) {
        requireSameId(user, operation.value());
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
    attributes.givenName = user.givenName();
    attributes.familyName = user.familyName();
    attributes.madeOfParts =
        joined(user.givenName(), user.familyName()).equals(attributes.formatted);
    attributes.email = profile.email();
    attributes.active = user.disabledAt() == null;
    attributes.theme = profile.themePreference();
    attributes.language = profile.languagePreference();
    return attributes;
  }

  private static void requireSameId(User user, JsonNode object) {
    JsonNode id = ScimValues.member(object, "id");
    if (!id.isMissingNode() && !id.asString("").equals(Long.toString(user.id()))) {
      throw ScimProblem.mutability("id cannot be changed.");
    }
  }

  // Resources repeat what is read-only, Okta's patches too; and only resources may have attributes
  // that we do not know.
  private void putAll(JsonNode object, boolean strict) {
    for (var member : ScimValues.requireObject(object).properties()) {
      String name = ScimPath.withoutSchema(member.getKey());
      boolean extension = name.startsWith("urn:") || name.startsWith("http");
      if (!extension && !READ_ONLY.contains(name)) {
        put(ScimPath.parse(member.getKey()), member.getValue(), strict);
      }
    }
  }

  private void put(ScimPath path, JsonNode value, boolean strict) {
    switch (path.dotted()) {
      case "username" -> userName = userName(value);
      case "externalid" -> externalId = ScimValues.text("externalId", value, LONGEST_ID);
      case "displayname" -> displayName = ScimValues.text("displayName", value, LONGEST_NAME);
      // Null is no value (RFC 7643 §2.5), so nothing is said about it.
      case "active" -> active = value.isNull() ? active : ScimValues.truth("active", value);
      case "name.formatted" -> formattedAs(ScimValues.text("name.formatted", value, LONGEST_NAME));
      case "name.givenname" -> givenName = part("name.givenName", value);
      case "name.familyname" -> familyName = part("name.familyName", value);
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
      formatted = null;
      givenName = null;
      familyName = null;
      return;
    }
    for (var part : ScimValues.requireObject(value).properties()) {
      put(ScimPath.parse("name." + part.getKey()), part.getValue(), strict);
    }
  }

  private void formattedAs(@Nullable String name) {
    formatted = name;
    formattedByRequest = name != null;
  }

  private @Nullable String part(String attribute, JsonNode value) {
    partsByRequest = true;
    return ScimValues.text(attribute, value, LONGEST_NAME);
  }

  // One address is kept. What is said about others is passed over.
  private void emails(ScimPath path, JsonNode value) {
    Map<String, @Nullable String> kept = new HashMap<>();
    kept.put("value", email);
    kept.put("type", "work");
    kept.put("primary", "true");
    kept.put("display", null);
    if (path.filter() == null || path.filter().selects(kept)) {
      email = address(value.isArray() ? preferred(value) : value);
    }
  }

  private static JsonNode preferred(JsonNode addresses) {
    JsonNode best = NullNode.getInstance();
    for (JsonNode address : addresses) {
      if (is(address, "primary", "true")
          || best.isNull()
          || (is(address, "type", "work") && !is(best, "primary", "true"))) {
        best = address;
      }
    }
    return best;
  }

  private static boolean is(JsonNode address, String part, String text) {
    return ScimValues.member(address, part).asString("").equalsIgnoreCase(text);
  }

  private static @Nullable String address(JsonNode value) {
    JsonNode text = value.isObject() ? ScimValues.member(value, "value") : value;
    return text.isMissingNode() ? null : ScimValues.text("emails.value", text, LONGEST_ADDRESS);
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
    return new DirectoryEntry(
        userName,
        externalId,
        new Profile(email, displayName, wholeName(), theme, language),
        givenName,
        familyName,
        active);
  }

  // A formatted name beside which only one part is known may say more than that part does.
  private @Nullable String wholeName() {
    String parts = joined(givenName, familyName);
    boolean bothParts = givenName != null && familyName != null;
    boolean stale = formatted == null || (partsByRequest && (madeOfParts || bothParts));
    return formattedByRequest || !stale || parts.isEmpty() ? formatted : parts;
  }

  private static String joined(@Nullable String givenName, @Nullable String familyName) {
    return shortened(
        Stream.of(givenName == null ? "" : givenName, familyName == null ? "" : familyName)
            .filter(part -> !part.isEmpty())
            .collect(Collectors.joining(" ")));
  }

  private static String shortened(String name) {
    int length = Math.min(name.codePointCount(0, name.length()), LONGEST_NAME);
    return name.substring(0, name.offsetByCodePoints(0, length));
  }
}
