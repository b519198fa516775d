package io.a2g.chat.conversation;

import java.time.Clock;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.stereotype.Component;

/**
 * Draws trace ids (W3C Trace Context, section 3.2.2.3): 48 bits of milliseconds since 1970, then 80
 * random bits. Time first, because rows whose keys arrive in order cost their index half as much.
 * The time also keeps the id from being all zero, which the specification forbids.
 */
@Component
class TraceIds {

  private static final int TIME_DIGITS = 12;

  private final Clock clock;

  TraceIds(Clock clock) {
    this.clock = clock;
  }

  /** 32 lower-case hex digits. */
  String next() {
    var random = ThreadLocalRandom.current();
    HexFormat hex = HexFormat.of();
    return hex.toHexDigits(clock.millis(), TIME_DIGITS)
        + hex.toHexDigits((short) random.nextInt())
        + hex.toHexDigits(random.nextLong());
  }
}
