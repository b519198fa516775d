package io.a2g.common.migrate.sql;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One statement of a file.
 *
 * @param shape the statement in one form, so that patterns stay short: no comments, words in lower
 *     case, one blank between tokens and none around dots and casts, {@code ''} for every string
 *     and {@code $$} for every dollar-quoted body
 * @param line where it begins, from 1
 */
public record SqlStatement(String shape, int line) {

  /** A name, with or without its schema, in a pattern. */
  public static final String NAME = "((?:\"[^\"]*\"|[\\w$\\x{80}-\\x{ffff}])[^ (),;:]*)";

  private static final Pattern NON_TRANSACTIONAL =
      Pattern.compile(
          "(create (unique )?index concurrently"
              + "|drop index concurrently"
              + "|vacuum"
              + "|alter system"
              + "|(create|drop) (database|tablespace|subscription)"
              + "|reindex (\\( [^)]*\\) )?(schema|database|system)"
              + "|discard all)\\b.*");

  // Flyway runs these in a transaction, where PostgreSQL refuses them.
  private static final Pattern NOT_SEEN_BY_FLYWAY =
      Pattern.compile(
          "(reindex (\\( [^)]*\\) )?(index|table) concurrently"
              + "|reindex \\( [^)]*concurrently[^)]*\\) (index|table)"
              + "|alter table .* detach partition .* (concurrently|finalize)"
              + ")\\b.*");

  private static final Set<String> FIRST_WORDS_OF_TRANSACTIONS =
      Set.of("begin", "commit", "rollback", "end", "abort", "savepoint", "release");

  /** Whether PostgreSQL refuses it inside a transaction. */
  public boolean isNonTransactional() {
    return matches(NON_TRANSACTIONAL) || needsConf();
  }

  /** Whether Flyway, which knows most but not all of them, gives it a transaction. */
  public boolean flywayRunsInTransaction() {
    return !matches(NON_TRANSACTIONAL);
  }

  /** Whether Flyway must be told by a {@code .conf} file that there may be no transaction. */
  public boolean needsConf() {
    return matches(NOT_SEEN_BY_FLYWAY);
  }

  /** Whether it begins or ends a transaction. */
  public boolean isTransactionControl() {
    return FIRST_WORDS_OF_TRANSACTIONS.contains(firstWord())
        || shape.startsWith("start transaction")
        || shape.startsWith("prepare transaction");
  }

  public boolean matches(Pattern pattern) {
    return pattern.matcher(shape).matches();
  }

  public Matcher matcher(Pattern pattern) {
    return pattern.matcher(shape);
  }

  private String firstWord() {
    int blank = shape.indexOf(' ');
    return blank < 0 ? shape : shape.substring(0, blank);
  }
}
