package io.a2g.common.json;

import tools.jackson.core.JsonParser;
import tools.jackson.databind.exc.MismatchedInputException;

/** A text has a character that PostgreSQL cannot store. */
public class UnstorableTextException extends MismatchedInputException {

  UnstorableTextException(JsonParser parser) {
    super(parser, "has a NUL character or half of a surrogate pair", String.class);
  }
}
