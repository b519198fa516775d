package io.a2g.common.migrate;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * Flyway's checksum of a file: CRC-32 over its lines without their ends. A contract test keeps it
 * so.
 */
public final class Checksum {

  private Checksum() {}

  /** The checksum as it stands in the history. */
  public static int of(String text) {
    CRC32 crc = new CRC32();
    String withoutMark = text.startsWith("\uFEFF") ? text.substring(1) : text;
    withoutMark.lines().forEach(line -> crc.update(line.getBytes(StandardCharsets.UTF_8)));
    return (int) crc.getValue();
  }
}
