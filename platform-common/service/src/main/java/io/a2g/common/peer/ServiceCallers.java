package io.a2g.common.peer;

import org.jspecify.annotations.Nullable;

/** Recognises other services of the platform. */
public interface ServiceCallers {

  /**
   * Whether this header shows that another service of the platform calls.
   *
   * @param authorization the header's value; null when there is none
   */
  boolean accept(@Nullable String authorization);
}
