package io.a2g.common.migrate.orphan;

import java.sql.Connection;
import java.sql.SQLException;

/** Opens connections to the scanned schema's database, with auto-commit on. */
@FunctionalInterface
public interface ConnectionSource {

  /** A connection that the caller closes. */
  Connection open() throws SQLException;
}
