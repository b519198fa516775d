package io.a2g.common.reference;

import com.zaxxer.hikari.HikariDataSource;
import io.a2g.common.database.DatabaseUrl;
import io.a2g.common.purge.DeletedRowCleanup;
import io.a2g.common.purge.Purgeable;
import io.a2g.common.purge.TestCleanup;
import io.a2g.common.reference.remote.LocalReferences;
import io.a2g.common.testkit.database.MigratedDatabase;
import io.a2g.common.topology.PlatformSchema;
import io.a2g.common.topology.ReferenceTarget;
import java.util.List;
import java.util.function.Supplier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What one instance of a service brings to a race: a pool with the service's own role, Spring's
 * transactions, and the product's verifier, holders and purge on them.
 */
final class Replica implements AutoCloseable {

  private final HikariDataSource pool = new HikariDataSource();
  private final TransactionTemplate transactions;
  private final JdbcClient jdbc;
  private final LocalReferences references;
  private final DeletedRowCleanup purge;

  Replica(MigratedDatabase database, PlatformSchema schema, int connections) {
    DatabaseUrl url = database.app(schema);
    pool.setJdbcUrl(url.jdbcUrl());
    pool.setUsername(url.user());
    pool.setPassword(url.password());
    pool.setMaximumPoolSize(connections);
    transactions = new TransactionTemplate(new JdbcTransactionManager(pool));
    jdbc = JdbcClient.create(pool);
    references = LocalReferences.of(jdbc);
    purge =
        TestCleanup.withoutRetention(purgeable(schema), jdbc, transactions, references.holders());
  }

  JdbcClient jdbc() {
    return jdbc;
  }

  ReferenceVerifier verifier() {
    return references.verifier();
  }

  ReferenceHolders holders() {
    return references.holders();
  }

  DeletedRowCleanup purge() {
    return purge;
  }

  <T> T inTransaction(Supplier<T> work) {
    return transactions.execute(status -> work.get());
  }

  @Override
  public void close() {
    pool.close();
  }

  /** As the services declare it. */
  private static List<Purgeable> purgeable(PlatformSchema schema) {
    return switch (schema.schemaName()) {
      case "users" ->
          List.of(
              Purgeable.target(
                  ReferenceTarget.USER,
                  new Purgeable.Dependent("users.api_keys", "user_id", "id")));
      case "agents" -> List.of(Purgeable.target(ReferenceTarget.of("agent")));
      case "chat" ->
          List.of(
              Purgeable.leaf("chat.file_uploads"), Purgeable.target(ReferenceTarget.of("session")));
      case "tracing" ->
          List.of(
              Purgeable.leaf(
                  "tracing.trace_metadata",
                  new Purgeable.Dependent("tracing.log_entries", "trace_id", "trace_id")));
      default -> List.of();
    };
  }
}
