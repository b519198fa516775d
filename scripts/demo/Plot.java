import java.nio.file.Path;

/**
 * What the story is about.
 *
 * @param document the file that the agent is to know, read from {@code root}
 * @param question what the user asks
 * @param expected words of the passage that answers; empty: whatever the demo's own search finds
 */
record Plot(Path root, Path document, String question, String expected) {

  /** The document as the reader knows it: its path in the repository. */
  String source() {
    Path absolute = file().toAbsolutePath().normalize();
    return absolute.startsWith(root) ? root.relativize(absolute).toString() : document.toString();
  }

  Path file() {
    return root.resolve(document);
  }
}
