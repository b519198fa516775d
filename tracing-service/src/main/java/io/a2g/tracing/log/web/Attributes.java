package io.a2g.tracing.log.web;

import tools.jackson.databind.annotation.JsonDeserialize;

/**
 * A JSON object as text: never taken apart here, only checked and passed on.
 *
 * @param json the object; of one that is too large, only its beginning
 * @param tooLarge whether it has more than {@link #MAX_BYTES}
 */
@JsonDeserialize(using = AttributesDeserializer.class)
record Attributes(String json, boolean tooLarge) {

  /** Bytes of UTF-8, without blanks, and with numbers written out. */
  static final int MAX_BYTES = 65_536;

  static final Attributes NONE = new Attributes("{}", false);
}
