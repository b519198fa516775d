package io.a2g.common.idempotency;

import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code idempotency_keys} of the service's own schema. */
class StoredAnswers {

  private static final int PURGE_BATCH = 5_000;

  private final JdbcClient jdbc;
  private final String table;

  StoredAnswers(JdbcClient jdbc, String schema) {
    this.jdbc = jdbc;
    this.table = schema + ".idempotency_keys";
  }

  /** Takes the key for this transaction; false when another request with it is running. */
  boolean tryLock(IdempotencyKey key) {
    return jdbc.sql("SELECT pg_try_advisory_xact_lock(hashtextextended(?, 0))")
        .param(table + "|" + key.callerId() + "|" + key.route() + "|" + key.text())
        .query(Boolean.class)
        .single();
  }

  Optional<StoredAnswer> find(IdempotencyKey key) {
    return jdbc.sql(
            """
            SELECT request_hash, status, content_type, location, etag, sealed, body
            FROM %s WHERE caller_id = ? AND route = ? AND key_hash = ?
            """
                .formatted(table))
        .params(key.callerId(), key.route(), key.hash())
        .query((row, number) ->
            new StoredAnswer(
                row.getBytes(1),
                row.getInt(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getBoolean(6),
                row.getBytes(7)))
        .optional();
  }

  void store(IdempotencyKey key, StoredAnswer answer) {
    jdbc.sql(
            """
            INSERT INTO %s (caller_id, route, key_hash,
              request_hash, status, content_type, location, etag, sealed, body)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """
                .formatted(table))
        .param(key.callerId())
        .param(key.route())
        .param(key.hash())
        .param(answer.requestHash())
        .param(answer.status())
        .param(answer.contentType())
        .param(answer.location())
        .param(answer.etag())
        .param(answer.sealed())
        .param(answer.body())
        .update();
  }

  /** Removes keys older than 24 hours, in short transactions; safe on several replicas at once. */
  int purge() {
    int removed = 0;
    int batch;
    do {
      batch =
          jdbc.sql(
                  """
                  DELETE FROM %1$s WHERE ctid = ANY (ARRAY(
                    SELECT ctid FROM %1$s WHERE created_at < now() - interval '24 hours' LIMIT ?))
                  """
                      .formatted(table))
              .param(PURGE_BATCH)
              .update();
      removed += batch;
    } while (batch == PURGE_BATCH);
    return removed;
  }
}
