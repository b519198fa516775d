package io.a2g.common.reference;

import io.a2g.common.testkit.database.MigratedDatabase;
import java.sql.Connection;
import java.sql.SQLException;

/** By which rules a race is run: the product's, or those with one part taken away. */
enum RaceRules {
  PRODUCT,
  /** The pin functions look, and lock nothing. */
  PIN_WITHOUT_LOCK,
  /** Whoever deletes asks the holders first and locks the row afterwards. */
  ASK_BEFORE_LOCK;

  boolean asksBeforeLock() {
    return this == ASK_BEFORE_LOCK;
  }

  void applyTo(MigratedDatabase database) throws SQLException {
    if (this == PIN_WITHOUT_LOCK) {
      try (Connection connection = database.connect();
          var statement = connection.createStatement()) {
        statement.execute(
            """
            DO $$
            DECLARE
              pin record;
            BEGIN
              FOR pin IN SELECT pg_get_functiondef(oid) AS text FROM pg_proc
                         WHERE proname ~ '^pin_' AND prosrc LIKE '%FOR KEY SHARE%' LOOP
                EXECUTE replace(pin.text, 'FOR KEY SHARE', '');
              END LOOP;
            END $$
            """);
      }
    }
  }
}
