package io.a2g.systemtest.demo;

import io.a2g.systemtest.Failure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A Markdown or plain text file, cut into chunks at its paragraphs. A paragraph that announces the
 * next one (it ends with a colon) stays with it, and code blocks stay whole.
 */
final class Document {

  private static final int MAX_CHUNK_LENGTH = 700; // characters
  private static final int MIN_CHUNK_LENGTH = 40; // shorter ones stay with what follows

  private final String source;
  private final List<Chunk> chunks = new ArrayList<>();
  private final List<String> headings = new ArrayList<>();
  private final List<String> paragraph = new ArrayList<>();
  private int firstLine;

  private Document(String source) {
    this.source = source;
  }

  /** Reads and cuts a file that readers know as {@code source}. */
  static List<Chunk> chunksOf(Path file, String source) {
    try {
      return new Document(source).cut(Files.readAllLines(file, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new Failure("cannot read the document " + file, e);
    }
  }

  private List<Chunk> cut(List<String> lines) {
    boolean code = false;
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).stripTrailing();
      if (!code && line.matches("#{1,6} .*")) {
        finish(i);
        enter(line);
      } else if (!code && line.isEmpty() && length() > MIN_CHUNK_LENGTH && !announces()) {
        finish(i);
      } else if (!line.matches("\\|[-|: ]+\\|")) { // the rule below a table's head
        add(line, i + 1);
      }
      code ^= line.strip().startsWith("```");
    }
    finish(lines.size());
    return chunks;
  }

  private boolean announces() {
    return !paragraph.isEmpty() && paragraph.getLast().endsWith(":");
  }

  private void add(String line, int number) {
    if (length() + line.length() > MAX_CHUNK_LENGTH) {
      finish(number - 1);
    }
    if (paragraph.isEmpty()) {
      firstLine = number;
    }
    if (!paragraph.isEmpty() || !line.isEmpty()) {
      paragraph.add(line);
    }
  }

  private int length() {
    return paragraph.stream().mapToInt(line -> line.length() + 1).sum();
  }

  private void finish(int lastLine) {
    String text = String.join("\n", paragraph).strip();
    paragraph.clear();
    if (text.length() > MIN_CHUNK_LENGTH) {
      chunks.add(new Chunk(source, String.join(" › ", headings), text, firstLine, lastLine));
    }
  }

  private void enter(String line) {
    int level = line.indexOf(' ');
    while (headings.size() >= level) {
      headings.removeLast();
    }
    headings.add(line.substring(level + 1).strip());
  }
}
