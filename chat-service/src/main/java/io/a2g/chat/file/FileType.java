package io.a2g.chat.file;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A type that is taken. Nothing here runs when it is opened in a browser: no HTML, no SVG.
 *
 * <p>A file of a type has an extension that names it, content that looks like it, and a declared
 * type that does not contradict it.
 *
 * @param mediaType what it is stored and served under
 * @param extensions in lower case
 * @param contents what content detection may say about it
 * @param aliases what else clients call it
 */
record FileType(
    String mediaType, Set<String> extensions, Set<String> contents, Set<String> aliases) {

  // A note that begins like a mail is still a note.
  private static final Set<String> TEXT = Set.of("text/plain", "message/rfc822");

  // Office files are ZIP archives; which program they belong to only their name says.
  private static final Set<String> OFFICE = Set.of("application/zip", "application/x-tika-ooxml");
  private static final String OPEN_XML = "application/vnd.openxmlformats-officedocument.";

  private static final List<FileType> ALL =
      List.of(
          new FileType("text/plain", Set.of("txt", "text", "log"), TEXT, Set.of()),
          new FileType(
              "text/markdown",
              Set.of("md", "markdown"),
              TEXT,
              Set.of("text/x-markdown", "text/x-web-markdown", "text/plain")),
          // Windows declares a CSV to be what it opens it with.
          new FileType(
              "text/csv",
              Set.of("csv"),
              TEXT,
              Set.of("application/csv", "text/plain", "application/vnd.ms-excel")),
          new FileType("application/json", Set.of("json"), TEXT, Set.of("text/json", "text/plain")),
          binary("application/pdf", Set.of("pdf"), Set.of()),
          binary("image/png", Set.of("png"), Set.of()),
          binary("image/jpeg", Set.of("jpg", "jpeg"), Set.of("image/jpg", "image/pjpeg")),
          binary("image/webp", Set.of("webp"), Set.of()),
          binary("image/gif", Set.of("gif"), Set.of()),
          new FileType(OPEN_XML + "wordprocessingml.document", Set.of("docx"), OFFICE, Set.of()),
          new FileType(OPEN_XML + "spreadsheetml.sheet", Set.of("xlsx"), OFFICE, Set.of()),
          new FileType(OPEN_XML + "presentationml.presentation", Set.of("pptx"), OFFICE, Set.of()));

  /** The type that this extension names. */
  static Optional<FileType> ofExtension(String extension) {
    return ALL.stream().filter(type -> type.extensions.contains(extension)).findFirst();
  }

  /** Whether content that looks like {@code detected} can be of this type. */
  boolean canHold(String detected) {
    return contents.contains(detected);
  }

  /** Whether a client may call it this. */
  boolean mayBeCalled(String declared) {
    return mediaType.equals(declared) || aliases.contains(declared);
  }

  private static FileType binary(String mediaType, Set<String> extensions, Set<String> aliases) {
    return new FileType(mediaType, extensions, Set.of(mediaType), aliases);
  }
}
