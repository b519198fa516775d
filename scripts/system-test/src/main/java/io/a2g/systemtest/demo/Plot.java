package io.a2g.systemtest.demo;

import io.a2g.systemtest.Attachment;
import io.a2g.systemtest.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the story is about.
 *
 * @param root the repository
 * @param documents files that the agent is to know, and folders of Markdown files
 * @param question what the user asks
 * @param expected words of the passage that answers; empty: whatever the demo's own search finds
 */
record Plot(Path root, List<Path> documents, String question, String expected) {

  /** What the agent is to know, cut into chunks. */
  List<Chunk> chunks() {
    List<Chunk> chunks =
        documents.stream()
            .flatMap(Plot::files)
            .flatMap(file -> Document.chunksOf(file, source(file)).stream())
            .toList();
    Failure.unless(!chunks.isEmpty(), "there is no text in %s", documents);
    return chunks;
  }

  /** The file that a chunk is from, to be sent to a session. */
  Attachment attachment(Chunk chunk, long sessionId) {
    Path file = root.resolve(chunk.source());
    try {
      String name = file.getFileName().toString();
      return new Attachment(name, "text/markdown", Files.readAllBytes(file), sessionId);
    } catch (IOException e) {
      throw new Failure("cannot read the document " + file, e);
    }
  }

  private static Stream<Path> files(Path document) {
    if (!Files.isDirectory(document)) {
      return Stream.of(document);
    }
    try (var all = Files.walk(document)) {
      return all.filter(file -> file.toString().endsWith(".md")).sorted().toList().stream();
    } catch (IOException e) {
      throw new Failure("cannot read the folder " + document, e);
    }
  }

  /** Its path in the repository, or its whole path when it is elsewhere. */
  private String source(Path file) {
    return file.startsWith(root) ? root.relativize(file).toString() : file.toString();
  }
}
