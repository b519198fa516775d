package io.a2g.common.migrate.catalogue;

import java.util.Locale;

/** What an object of a schema is; in the order in which people want to read about them. */
public enum Kind {
  TYPE,
  FUNCTION,
  SEQUENCE,
  TABLE,
  COLUMN,
  /** How a column's long values are kept, where it is not what its type does by itself. */
  STORAGE,
  PRIMARY_KEY,
  UNIQUE,
  CHECK,
  FOREIGN_KEY,
  EXCLUSION,
  /** Only those that no constraint owns. */
  INDEX,
  TRIGGER,
  VIEW,
  POLICY,
  RULE,
  STATISTICS,
  COMMENT;

  /** Its name in a sentence, such as {@code foreign key}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /** True for what {@code ALTER TABLE … ADD CONSTRAINT} makes. */
  public boolean isConstraint() {
    return switch (this) {
      case PRIMARY_KEY, UNIQUE, CHECK, FOREIGN_KEY, EXCLUSION -> true;
      default -> false;
    };
  }
}
