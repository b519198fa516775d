package io.a2g.systemtest.fuzz;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A request to send.
 *
 * @param path with its query, encoded
 * @param body no bytes: none
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Draft(String method, String path, Map<String, String> headers, byte[] body) {

  private static final int SHOWN = 600;

  /** The same with one more header. */
  Draft with(String header, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new Draft(method, path, more, body);
  }

  /** What was sent, shortened, for people. */
  @Override
  public String toString() {
    String text = new String(body, java.nio.charset.StandardCharsets.UTF_8);
    String line = method + " " + path + " " + headers + " " + text;
    return line.length() > SHOWN ? line.substring(0, SHOWN) + "…" : line;
  }
}
