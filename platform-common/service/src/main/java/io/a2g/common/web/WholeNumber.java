package io.a2g.common.web;

import java.util.regex.Pattern;

/** Reads whole numbers as JSON writes them, wherever they come as text. */
public final class WholeNumber {

  // Long.parseLong also takes a plus sign, leading zeros and the digits of every script; Spring
  // takes blanks and hexadecimal numbers besides.
  private static final Pattern FORM = Pattern.compile("0|-?[1-9][0-9]{0,18}");

  private WholeNumber() {}

  /**
   * The number.
   *
   * @throws NumberFormatException when the text is no number, or none of 64 bits
   */
  public static long parse(String text) {
    if (!FORM.matcher(text).matches()) {
      throw new NumberFormatException("not a whole number");
    }
    return Long.parseLong(text);
  }

  /**
   * The number, of 32 bits.
   *
   * @throws NumberFormatException when the text is no number, or none of 32 bits
   */
  static int parseInt(String text) {
    long number = parse(text);
    if (number != (int) number) {
      throw new NumberFormatException("not of 32 bits");
    }
    return (int) number;
  }
}
