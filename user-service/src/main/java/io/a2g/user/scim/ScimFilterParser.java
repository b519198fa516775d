package io.a2g.user.scim;

import io.a2g.user.account.SearchCondition.Operator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads one filter: {@code or} binds weaker than {@code and}, {@code not} stands before
 * parentheses, and {@code emails[type eq "work"]} puts what is in brackets on the attribute's
 * parts. Beside the RFC, {@code emails[type eq "work"].value eq "x"} is read, which Entra ID sends.
 */
final class ScimFilterParser {

  private static final int LONGEST = 4_000;
  private static final int MOST_COMPARISONS = 50;
  private static final int DEEPEST = 10;

  // Possessive, so that no text takes longer than its length.
  private static final Pattern TOKEN =
      Pattern.compile("[ \\t]*+([()\\[\\]]|\"(?:[^\"\\\\]|\\\\.)*+\"|[^\\s()\\[\\]\"]++)");
  private static final Pattern ATTRIBUTE =
      Pattern.compile("(?:urn:[A-Za-z0-9:._-]+:)?[A-Za-z][A-Za-z0-9_-]*(?:\\.[A-Za-z$][\\w-]*)?");
  private static final Pattern SUB_ATTRIBUTE = Pattern.compile("\\.[A-Za-z$][\\w-]*");
  private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,18}(?:\\.[0-9]{1,18})?");

  private final Function<String, ScimProblem> problem;
  private final List<String> tokens;
  private int next;
  private int comparisons;
  private int depth;

  /**
   * @param problem makes the refusal of a malformed filter
   */
  ScimFilterParser(String text, Function<String, ScimProblem> problem) {
    this.problem = problem;
    this.tokens = tokens(text);
  }

  /**
   * The filter.
   *
   * @throws ScimProblem when the text is malformed, too long or too deep
   */
  ScimFilter parse() {
    ScimFilter filter = or("");
    if (next < tokens.size()) {
      throw malformed();
    }
    return filter;
  }

  // The prefix is what the names in brackets are parts of, such as "emails.".
  private ScimFilter or(String prefix) {
    ScimFilter filter = and(prefix);
    while (accept("or")) {
      filter = new ScimFilter.Or(filter, and(prefix));
    }
    return filter;
  }

  private ScimFilter and(String prefix) {
    ScimFilter filter = one(prefix);
    while (accept("and")) {
      filter = new ScimFilter.And(filter, one(prefix));
    }
    return filter;
  }

  private ScimFilter one(String prefix) {
    if (accept("not")) {
      expect("(");
      return new ScimFilter.Not(nested(prefix, ")"));
    }
    return accept("(") ? nested(prefix, ")") : comparison(prefix);
  }

  private ScimFilter nested(String prefix, String end) {
    if (++depth > DEEPEST) {
      throw problem.apply("A filter is nested at most " + DEEPEST + " deep.");
    }
    ScimFilter filter = or(prefix);
    expect(end);
    depth--;
    return filter;
  }

  private ScimFilter comparison(String prefix) {
    String name = take();
    if (!ATTRIBUTE.matcher(name).matches()) {
      throw malformed();
    }
    String attribute = prefix + ScimPath.withoutSchema(name);
    if (!prefix.isEmpty() || !accept("[")) {
      return compared(attribute);
    }
    ScimFilter selected = nested(attribute + ".", "]");
    boolean more = next < tokens.size() && SUB_ATTRIBUTE.matcher(tokens.get(next)).matches();
    return more
        ? new ScimFilter.And(selected, compared(attribute + take().toLowerCase(Locale.ROOT)))
        : selected;
  }

  private ScimFilter compared(String attribute) {
    if (++comparisons > MOST_COMPARISONS) {
      throw problem.apply("A filter has at most " + MOST_COMPARISONS + " comparisons.");
    }
    String operator = take().toLowerCase(Locale.ROOT);
    if (operator.equals("pr")) {
      return new ScimFilter.Present(attribute);
    }
    if (operator.equals("ne")) {
      return new ScimFilter.Not(comparison(attribute, "eq", take()));
    }
    return comparison(attribute, operator, take());
  }

  private ScimFilter comparison(String attribute, String operator, String literal) {
    if (operator.equals("eq") && literal.equalsIgnoreCase("null")) {
      return new ScimFilter.Not(new ScimFilter.Present(attribute));
    }
    Operator known =
        Stream.of(Operator.values())
            .filter(one -> one.name().equalsIgnoreCase(operator))
            .findFirst()
            .orElseThrow(this::malformed);
    return new ScimFilter.Comparison(attribute, known, value(literal));
  }

  private String value(String literal) {
    if (!literal.startsWith("\"")) {
      boolean truth = literal.equalsIgnoreCase("true") || literal.equalsIgnoreCase("false");
      if (!truth && !NUMBER.matcher(literal).matches()) {
        throw malformed();
      }
      return literal;
    }
    try {
      var text = JsonMapper.shared().readTree(literal);
      ScimValues.requireStorable(text);
      return text.asString();
    } catch (JacksonException e) {
      throw malformed();
    }
  }

  private boolean accept(String token) {
    boolean there = next < tokens.size() && tokens.get(next).equalsIgnoreCase(token);
    next += there ? 1 : 0;
    return there;
  }

  private void expect(String token) {
    if (!accept(token)) {
      throw malformed();
    }
  }

  private String take() {
    if (next == tokens.size()) {
      throw malformed();
    }
    return tokens.get(next++);
  }

  private List<String> tokens(String text) {
    if (text.length() > LONGEST) {
      throw problem.apply("A filter has at most " + LONGEST + " characters.");
    }
    List<String> read = new ArrayList<>();
    Matcher token = TOKEN.matcher(text);
    int at = 0;
    String rest = text.stripTrailing();
    while (at < rest.length()) {
      if (!token.region(at, rest.length()).lookingAt()) {
        throw malformed();
      }
      read.add(token.group(1));
      at = token.end();
    }
    return read;
  }

  private ScimProblem malformed() {
    return problem.apply(
        "A filter is made of attribute operator \"value\", and, or, not and parentheses.");
  }
}
