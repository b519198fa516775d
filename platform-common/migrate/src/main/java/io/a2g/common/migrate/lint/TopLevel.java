package io.a2g.common.migrate.lint;

import java.util.ArrayList;
import java.util.List;

/** Looks at a statement's shape outside of its parentheses. */
final class TopLevel {

  private TopLevel() {}

  /** The parts between commas that are in no parentheses. */
  static List<String> split(String shape) {
    List<String> parts = new ArrayList<>();
    int depth = 0;
    int begin = 0;
    for (int i = 0; i < shape.length(); i++) {
      char c = shape.charAt(i);
      if (c == '(') {
        depth++;
      } else if (c == ')') {
        depth--;
      } else if (c == ',' && depth == 0) {
        parts.add(shape.substring(begin, i).strip());
        begin = i + 1;
      }
    }
    parts.add(shape.substring(begin).strip());
    return parts;
  }

  /** What the first parentheses hold; empty when there are none. */
  static String firstParentheses(String shape) {
    int open = shape.indexOf('(');
    int depth = 0;
    for (int i = Math.max(open, 0); open >= 0 && i < shape.length(); i++) {
      char c = shape.charAt(i);
      if (c == '(') {
        depth++;
      } else if (c == ')' && --depth == 0) {
        return shape.substring(open + 1, i).strip();
      }
    }
    return "";
  }

  /** The shape with {@code ()} in place of all that is in parentheses. */
  static String withoutParentheses(String shape) {
    StringBuilder flat = new StringBuilder();
    int depth = 0;
    for (int i = 0; i < shape.length(); i++) {
      char c = shape.charAt(i);
      if (c == '(' && depth++ == 0) {
        flat.append("()");
      } else if (c == ')') {
        depth--;
      } else if (depth == 0) {
        flat.append(c);
      }
    }
    return flat.toString();
  }
}
