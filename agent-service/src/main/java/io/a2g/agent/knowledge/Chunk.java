package io.a2g.agent.knowledge;

import io.a2g.common.secret.Sha256;
import java.util.HexFormat;

/**
 * A checked piece of text, ready to be stored.
 *
 * @param hash what makes two chunks the same: SHA-256 of the content, 64 lower-case hex digits
 * @param metadata the text of a JSON object
 */
record Chunk(String content, String hash, Embedding embedding, String metadata) {

  /**
   * Checks a chunk of a request.
   *
   * @param index where it stands among the others
   */
  static Chunk of(NewChunk chunk, int index, int dimension) {
    return new Chunk(
        chunk.content(),
        HexFormat.of().formatHex(Sha256.of(chunk.content())),
        Embedding.of("chunks[%d].embedding".formatted(index), chunk.embedding(), dimension),
        chunk.metadata().text());
  }
}
