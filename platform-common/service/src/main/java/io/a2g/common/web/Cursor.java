package io.a2g.common.web;

import io.a2g.common.error.ProblemException;
import io.a2g.common.error.ProblemType;
import io.a2g.common.json.StorableTime;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.zip.CRC32;

/**
 * A position in one list: the sort key of the last row that was shown. Opaque to clients, bound to
 * the list and its filters by a checksum. The checksum is not a secret: a forged position shows
 * nothing, because every query still carries the caller.
 *
 * @param scope which list, with its filters, e.g. {@code agents?status=DEPLOYED}
 * @param keys the sort key's parts, in order
 */
public record Cursor(String scope, List<String> keys) {

  private static final String SEPARATOR = "\u001f";
  private static final int MAX_LENGTH = 1024;

  /** A position in the list {@code scope} after the row with these sort keys. */
  public static Cursor of(String scope, Object... keys) {
    return new Cursor(scope, Arrays.stream(keys).map(Object::toString).toList());
  }

  /**
   * Reads what {@link #encode} wrote.
   *
   * @param parts how many keys this list sorts by
   * @throws ProblemException 400 {@code invalid_cursor} when the text is not a position in {@code
   *     scope}
   */
  public static Cursor decode(String scope, String text, int parts) {
    try {
      if (text.length() > MAX_LENGTH) {
        throw invalid();
      }
      ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
      int checksum = bytes.getInt();
      String payload = StandardCharsets.UTF_8.decode(bytes).toString();
      List<String> keys = List.of(payload.split(SEPARATOR, -1));
      if (checksum != checksum(scope, payload) || keys.size() != parts) {
        throw invalid();
      }
      return new Cursor(scope, keys);
    } catch (IllegalArgumentException | java.nio.BufferUnderflowException e) {
      throw invalid();
    }
  }

  /** The text that clients pass back. */
  public String encode() {
    String payload = String.join(SEPARATOR, keys);
    byte[] bytes = payload.getBytes(StandardCharsets.UTF_8);
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(
            ByteBuffer.allocate(4 + bytes.length)
                .putInt(checksum(scope, payload))
                .put(bytes)
                .array());
  }

  /** Part {@code index} as text. */
  public String text(int index) {
    return keys.get(index);
  }

  /** Part {@code index} as a number. */
  public long number(int index) {
    try {
      return WholeNumber.parse(keys.get(index));
    } catch (NumberFormatException e) {
      throw invalid();
    }
  }

  /** Part {@code index} as a time. */
  public Instant instant(int index) {
    try {
      Instant time = Instant.parse(keys.get(index));
      if (!StorableTime.isStorable(time)) {
        throw invalid();
      }
      return time;
    } catch (java.time.format.DateTimeParseException e) {
      throw invalid();
    }
  }

  private static int checksum(String scope, String payload) {
    CRC32 crc = new CRC32();
    crc.update((scope + SEPARATOR + payload).getBytes(StandardCharsets.UTF_8));
    return (int) crc.getValue();
  }

  private static ProblemException invalid() {
    return new ProblemException(
        ProblemType.INVALID_CURSOR,
        "The cursor is not of this list or its filters changed; start again without one.");
  }
}
