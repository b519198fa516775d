package io.a2g.tracing.log;

import java.util.EnumSet;
import java.util.List;

/** How much an entry matters, the least first. */
public enum LogLevel {
  TRACE,
  DEBUG,
  INFO,
  WARN,
  ERROR,
  FATAL;

  /** The names of this level and of those above. */
  List<String> andAbove() {
    return EnumSet.range(this, FATAL).stream().map(LogLevel::name).toList();
  }
}
