package io.a2g.user.scim;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a PATCH operation applies (RFC 7644 §3.5.2): {@code active}, {@code name.givenName}, {@code
 * emails[type eq "work"].value}.
 *
 * @param attribute lower case, without the schema's name
 * @param filter what stands in brackets; null: nothing does
 * @param sub lower case; null: the whole attribute
 */
record ScimPath(String attribute, @Nullable ScimFilter filter, @Nullable String sub) {

  static final String ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:user";

  private static final int LONGEST = 500;
  private static final Pattern CORE =
      Pattern.compile("(?i)urn:ietf:params:scim:schemas:core:2\\.0:(?:user|group):");
  private static final Pattern FORM =
      Pattern.compile(
          "([A-Za-z][A-Za-z0-9_$-]*+)(?:\\[((?:\"(?:[^\"\\\\]|\\\\.)*+\"|[^\\[\\]\"])++)\\])?+(?:\\.([A-Za-z$][\\w$-]*+))?+");

  /**
   * Reads a path.
   *
   * @throws ScimProblem invalidPath when it is malformed
   */
  static ScimPath parse(String text) {
    if (text.regionMatches(true, 0, ENTERPRISE, 0, ENTERPRISE.length())) {
      return new ScimPath(ENTERPRISE, null, null);
    }
    Matcher form = FORM.matcher(CORE.matcher(text).replaceFirst(""));
    if (text.length() > LONGEST || !form.matches()) {
      throw ScimProblem.invalidPath("The path is malformed.");
    }
    String filter = form.group(2);
    return new ScimPath(
        lower(form.group(1)),
        filter == null ? null : new ScimFilterParser(filter, ScimProblem::invalidPath).parse(),
        lowerOrNull(form.group(3)));
  }

  /** An attribute's name as filters and bodies have it, in lower case. */
  static String withoutSchema(String name) {
    return lower(CORE.matcher(name).replaceFirst(""));
  }

  /** Attribute and sub-attribute, such as {@code name.formatted}. */
  String dotted() {
    return sub == null ? attribute : attribute + "." + sub;
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  private static @Nullable String lowerOrNull(@Nullable String text) {
    return text == null ? null : lower(text);
  }
}
