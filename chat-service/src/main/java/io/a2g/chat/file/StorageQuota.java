package io.a2g.chat.file;

import io.a2g.common.error.ProblemException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** How much the files of a user, and those of all, may take. */
@Component
class StorageQuota {

  private static final Logger log = LoggerFactory.getLogger(StorageQuota.class);

  private final FileProperties limits;
  private final JdbcClient jdbc;

  StorageQuota(FileProperties limits, JdbcClient jdbc) {
    this.limits = limits;
    this.jdbc = jdbc;
  }

  /**
   * Refuses the row that this transaction has just stored when it takes too much. Its trigger keeps
   * the counts until the transaction ends, so of two uploads at once the second sees the first.
   *
   * @throws ProblemException 413 when the user has no room left, 507 when the platform has none
   */
  void requireRoom(long userId) {
    Usage usage =
        jdbc.sql(
                """
                SELECT u.bytes, s.bytes FROM chat.file_usage u CROSS JOIN chat.file_storage s
                WHERE u.user_id = ?
                """)
            .param(userId)
            .query((row, number) -> new Usage(row.getLong(1), row.getLong(2)))
            .single();
    if (usage.ofUser() > limits.userQuota().toBytes()) {
      throw new StorageQuotaExceeded(limits.userQuota());
    }
    if (usage.ofAll() > limits.totalQuota().toBytes()) {
      log.error("An upload is refused: all files together take FILE_TOTAL_QUOTA");
      throw new StorageFull();
    }
  }

  private record Usage(long ofUser, long ofAll) {}
}
