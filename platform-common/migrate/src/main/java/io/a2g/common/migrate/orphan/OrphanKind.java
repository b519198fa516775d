package io.a2g.common.migrate.orphan;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What is wrong with a reference. */
public enum OrphanKind {
  /** The target does not exist. */
  DANGLING,
  /** The target is soft-deleted, which a RESTRICT reference forbids. */
  DELETED_TARGET,
  /** The column is no bigint any more or is gone, or its value is no id. */
  TYPE_CHANGED;

  /** As it stands in tables, answers and tags, such as {@code deleted_target}. */
  @JsonValue
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  static OrphanKind of(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT));
  }
}
