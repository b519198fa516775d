package io.a2g.common.web.limit;

import java.util.HashMap;
import java.util.Map;

/** The memory of bodies whose requests are not answered yet; a client has half of it at most. */
final class BodyMemory {

  private final long bytes;
  private final Map<String, Long> takenBy = new HashMap<>();
  private long taken;

  /**
   * @param bytes all that there is
   */
  BodyMemory(long bytes) {
    this.bytes = bytes;
  }

  /** Takes some; false, and nothing is taken, when that would be too much. */
  synchronized boolean take(String client, long size) {
    long own = takenBy.getOrDefault(client, 0L) + size;
    if (taken + size > bytes || own > bytes / 2) {
      return false;
    }
    taken += size;
    takenBy.put(client, own);
    return true;
  }

  /** Gives back what was taken. */
  synchronized void release(String client, long size) {
    taken -= size;
    takenBy.computeIfPresent(client, (_, own) -> own == size ? null : own - size);
  }
}
