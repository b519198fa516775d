package io.a2g.systemtest.demo;

import com.google.errorprone.annotations.FormatMethod;
import com.google.errorprone.annotations.FormatString;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Locale;

/**
 * Prints the story, at most {@value #WIDTH} columns wide.
 *
 * @param colours whether the reader is a terminal that shows them
 */
record Screen(PrintStream out, boolean colours) {

  static final int WIDTH = 100;
  private static final int LABEL = 18;

  /** A colour or weight, as terminals know it (ECMA-48). */
  enum Style {
    BOLD(1),
    FAINT(2),
    GREEN(32),
    YELLOW(33),
    BLUE(34),
    MAGENTA(35),
    CYAN(36);

    private final int code;

    Style(int code) {
      this.code = code;
    }
  }

  String styled(Style style, String text) {
    return colours ? "\u001b[%dm%s\u001b[0m".formatted(style.code, text) : text;
  }

  void line(String text) {
    out.println(text);
  }

  void title(String text) {
    out.println();
    out.println(styled(Style.BOLD, text));
  }

  /** A name and what there is to say about it, wrapped. */
  @FormatMethod
  void fact(String label, @FormatString String format, Object... arguments) {
    paragraph(styled(Style.CYAN, pad(label, LABEL)), format.formatted(arguments));
  }

  /** Something that was verified. */
  @FormatMethod
  void check(String format, Object... arguments) {
    paragraph(styled(Style.GREEN, pad("✓", 2)), format.formatted(arguments), 2);
  }

  /** Somebody speaks. */
  void speech(String speaker, String text) {
    paragraph(styled(Style.MAGENTA, pad(speaker, LABEL)), text);
  }

  private void paragraph(String label, String text) {
    paragraph(label, text, LABEL);
  }

  private void paragraph(String label, String text, int indent) {
    String margin = "  ";
    int room = WIDTH - margin.length() - indent;
    String prefix = margin + label;
    for (String line : text.split("\n", -1)) {
      for (String part : wrapped(line, room)) {
        out.println((prefix + part).stripTrailing());
        prefix = margin + " ".repeat(indent);
      }
    }
  }

  private static Iterable<String> wrapped(String line, int room) {
    var lines = new ArrayList<String>();
    String rest = line;
    while (rest.length() > room) {
      int blank = rest.lastIndexOf(' ', room);
      int cut = blank > 0 ? blank : room;
      lines.add(rest.substring(0, cut));
      rest = rest.substring(cut).strip();
    }
    lines.add(rest);
    return lines;
  }

  /** The text, cut or filled up to a width. */
  static String pad(String text, int width) {
    String cut = text.length() > width ? text.substring(0, width - 1) + "…" : text;
    return cut + " ".repeat(width - cut.length());
  }

  static String milliseconds(double ms) {
    return String.format(Locale.ROOT, ms < 10 ? "%.2f ms" : "%.1f ms", ms);
  }
}
