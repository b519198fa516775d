package io.a2g.systemtest.demo;

/**
 * A piece of a document that answers questions on its own.
 *
 * @param source the document, as readers know it
 * @param heading the headings above it, outermost first, with " › " between
 * @param text one or more whole paragraphs
 * @param firstLine line of the document where it begins, counted from 1
 * @param lastLine line where it ends
 */
record Chunk(String source, String heading, String text, int firstLine, int lastLine) {

  /** What is embedded and stored: the heading often names the subject that the text does not. */
  String content() {
    return heading.isEmpty() ? text : heading + "\n\n" + text;
  }

  /** Where it stands, fit for a citation. */
  String place() {
    return firstLine == lastLine
        ? "%s, line %d".formatted(source, firstLine)
        : "%s, lines %d–%d".formatted(source, firstLine, lastLine);
  }
}
