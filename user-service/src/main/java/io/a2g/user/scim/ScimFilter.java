package io.a2g.user.scim;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The part of SCIM's filters (RFC 7644 §3.4.2.2) that directories send: {@code attribute eq value},
 * joined by {@code and}.
 *
 * @param terms at most {@link #MOST_TERMS}; empty: there is no filter
 */
record ScimFilter(List<Term> terms) {

  private static final int LONGEST = 1_000;
  private static final int MOST_TERMS = 10;
  private static final JsonMapper JSON = JsonMapper.shared();

  // Possessive, so that no text takes longer than its length.
  private static final Pattern TERM =
      Pattern.compile(
          " *+([A-Za-z][A-Za-z0-9_:.$-]*+(?:\\[type eq \"work\"\\](?:\\.[A-Za-z]++)?+)?+) ++(\\w++) ++"
              + "(\"(?:[^\"\\\\]|\\\\.)*+\"|true|false|[0-9]++)( ++\\w++ ++| *+$)");

  /**
   * One comparison.
   *
   * @param attribute lower case, without the schema's name
   * @param value text, number or truth value
   */
  record Term(String attribute, JsonNode value) {

    /** The value as text. */
    String text() {
      return value.asString();
    }
  }

  /**
   * Reads a filter.
   *
   * @throws ScimProblem invalidFilter for anything else than said above
   */
  static ScimFilter parse(String text) {
    if (text.length() > LONGEST) {
      throw ScimProblem.invalidFilter(
          "The filter is longer than %d characters.".formatted(LONGEST));
    }
    List<Term> terms = new ArrayList<>();
    Matcher term = TERM.matcher(text);
    String joint = "and";
    int at = 0;
    while (!joint.isEmpty()) {
      boolean good =
          joint.equals("and")
              && terms.size() < MOST_TERMS
              && term.region(at, text.length()).lookingAt()
              && term.group(2).equalsIgnoreCase("eq");
      if (!good) {
        throw ScimProblem.invalidFilter(
            "Filters are attribute eq \"value\", at most %d of them joined by and."
                .formatted(MOST_TERMS));
      }
      terms.add(new Term(ScimPath.withoutSchema(term.group(1)), value(term.group(3))));
      joint = term.group(4).strip().toLowerCase(Locale.ROOT);
      at = term.end();
    }
    return new ScimFilter(List.copyOf(terms));
  }

  /**
   * Reads the filter of a search.
   *
   * @param text null: none
   * @param attributes attributes that it may name, lower case
   * @throws ScimProblem invalidFilter for any other attribute
   */
  static ScimFilter parse(@Nullable String text, Set<String> attributes) {
    ScimFilter filter = text == null ? new ScimFilter(List.of()) : parse(text);
    if (!filter.terms.stream().map(Term::attribute).allMatch(attributes::contains)) {
      throw ScimProblem.invalidFilter(
          "Filters can name " + String.join(", ", attributes.stream().sorted().toList()) + ".");
    }
    return filter;
  }

  /** The value that an attribute must have; null: any. */
  @Nullable String text(String attribute) {
    return terms.stream()
        .filter(term -> term.attribute.equals(attribute))
        .map(Term::text)
        .findFirst()
        .orElse(null);
  }

  /** True when an attribute must have two values, which finds nothing. */
  boolean isContradictory() {
    return terms.stream().anyMatch(term -> !term.text().equals(text(term.attribute)));
  }

  private static JsonNode value(String literal) {
    try {
      JsonNode value = JSON.readTree(literal);
      ScimValues.requireStorable(value);
      return value;
    } catch (JacksonException e) {
      throw ScimProblem.invalidFilter("A value of the filter is not a JSON string.");
    }
  }
}
