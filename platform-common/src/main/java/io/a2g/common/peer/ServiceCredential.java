package io.a2g.common.peer;

import org.jspecify.annotations.Nullable;

/**
 * How services recognise each other. One object has both sides: what this service shows, and what
 * it takes from others.
 */
public interface ServiceCredential {

  /** Whether this service has one; without it, it neither calls nor answers other services. */
  boolean isPresent();

  /** The value of the {@code Authorization} header of a call to another service. */
  String authorization();

  /**
   * Whether this header shows that another service of the platform calls.
   *
   * @param authorization the header's value; null when there is none
   */
  boolean accepts(@Nullable String authorization);
}
