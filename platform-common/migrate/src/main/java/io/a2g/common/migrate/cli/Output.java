package io.a2g.common.migrate.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help.Ansi;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Answers of a command: a JSON document for programs, or lines for people, with colours on a
 * terminal.
 */
final class Output {

  private final PrintWriter out;
  private final boolean json;

  Output(PrintWriter out, boolean json) {
    this.out = out;
    this.json = json;
  }

  /** Writes the answer once: as JSON, or by the given lines; null: the lines are for both. */
  void answer(@Nullable Object answer, Runnable lines) {
    if (json && answer != null) {
      json(out, answer);
    } else {
      lines.run();
    }
  }

  /** A line for people; picocli's markup such as {@code @|bold,red text|@} gives colours. */
  void line(String markup) {
    if (!json) {
      out.println(Ansi.AUTO.string(markup));
    }
  }

  /** A whole text as it is, in both forms, such as a script for psql. */
  void text(String text) {
    out.print(text);
  }

  /** A line as it is, such as SQL. */
  void raw(String text) {
    if (!json) {
      out.println(text);
    }
  }

  /** A table with a header; the last column is not padded. */
  void table(List<String> header, List<List<String>> rows) {
    List<List<String>> all = new ArrayList<>();
    all.add(header);
    all.addAll(rows);
    int[] widths = new int[header.size()];
    for (List<String> row : all) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    for (List<String> row : all) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        line.append(row.get(i));
        if (i < widths.length - 1) {
          line.append(" ".repeat(widths[i] - row.get(i).length() + 2));
        }
      }
      out.println(line.toString().stripTrailing());
    }
  }

  /** One document, on one line when small enough to read, always with snake_case names. */
  static void json(PrintWriter out, Object answer) {
    out.println(Mapper.INSTANCE.writeValueAsString(answer));
  }

  /** One event on one line. */
  static void jsonLine(PrintWriter out, Object event) {
    out.println(
        Mapper.INSTANCE
            .writer()
            .without(SerializationFeature.INDENT_OUTPUT)
            .writeValueAsString(event));
  }

  /** Apart, because Jackson costs a tenth of a second that only JSON answers need. */
  private static final class Mapper {
    static final JsonMapper INSTANCE =
        JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();
  }
}
