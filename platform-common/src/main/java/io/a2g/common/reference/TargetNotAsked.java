package io.a2g.common.reference;

import org.jspecify.annotations.Nullable;

/**
 * The schema that owns a target could not be asked. The message is one sentence for an
 * administrator, says what to do, and holds no SQL.
 */
public class TargetNotAsked extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** With the failure that led to it. */
  public TargetNotAsked(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
