package io.a2g.common.topology;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/** A text of lines of words between blanks; empty lines and those that begin with # say nothing. */
final class WordLines {

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*([-_][a-z0-9]+)*");

  private WordLines() {}

  /** A line that says something. */
  record Line(String file, int number, List<String> words) {

    String word(int index) {
      return words.get(index);
    }

    /** This word, which must be a name in small letters. */
    String name(int index) {
      if (!NAME.matcher(word(index)).matches()) {
        throw wrong("'%s' is no name in small letters".formatted(word(index)));
      }
      return word(index);
    }

    /** The words between commas of this one; none for a dash. */
    List<String> list(int index) {
      return word(index).equals("-") ? List.of() : List.of(word(index).split(",", -1));
    }

    /** The constant of this word. */
    <E extends Enum<E>> E constant(int index, Class<E> type) {
      try {
        return Enum.valueOf(type, word(index).toUpperCase(Locale.ROOT));
      } catch (IllegalArgumentException e) {
        throw wrong("'%s' is none of %s".formatted(word(index), List.of(type.getEnumConstants())));
      }
    }

    /** The same value for the first time in this text. */
    <T> T unique(T value, Set<? super T> earlier) {
      if (!earlier.add(value)) {
        throw wrong("%s is there already".formatted(value));
      }
      return value;
    }

    void requireWords(int count, String form) {
      if (words.size() != count) {
        throw wrong("a line is: " + form);
      }
    }

    IllegalArgumentException wrong(String what) {
      return new IllegalArgumentException("%s, line %d: %s".formatted(file, number, what));
    }
  }

  /** What each line means, in their order. */
  static <T> List<T> read(String file, List<String> text, Function<Line, T> meaning) {
    List<T> read = new ArrayList<>();
    for (int i = 0; i < text.size(); i++) {
      String line = text.get(i).strip();
      if (!line.isEmpty() && !line.startsWith("#")) {
        read.add(meaning.apply(new Line(file, i + 1, List.of(line.split("\\s+")))));
      }
    }
    return read;
  }

  /** The lines of a file on the class path; none when it is not there. */
  static List<String> ofClassPath(String file) {
    try (InputStream in = WordLines.class.getResourceAsStream("/" + file)) {
      return in == null
          ? List.of()
          : new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
