package io.a2g.common.reference;

import io.a2g.common.schema.PlatformSchema;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Asks the functions that the schemas with references publish, all of them in one round trip. */
class DatabaseReferenceHolders implements ReferenceHolders {

  private final JdbcClient jdbc;

  DatabaseReferenceHolders(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public void requireDeletable(ReferenceTarget target, long id) {
    List<Holding> holding = ask(target, List.of(id), false);
    if (!holding.isEmpty()) {
      throw new StillReferenced(target, holding);
    }
  }

  @Override
  public List<Holding> holding(ReferenceTarget target, Collection<Long> ids) {
    return ids.isEmpty() ? List.of() : ask(target, ids, true);
  }

  @Override
  public long handOver(ReferenceTarget target, long from, long to) {
    requireTransaction();
    String sum =
        target.holders().stream()
            .map(schema -> schema.schemaName() + ".hand_over(:target, :from, :to)")
            .collect(Collectors.joining(" + "));
    return jdbc.sql("SELECT " + sum)
        .param("target", target.table())
        .param("from", from)
        .param("to", to)
        .query((row, number) -> row.getLong(1))
        .single();
  }

  private List<Holding> ask(ReferenceTarget target, Collection<Long> ids, boolean purge) {
    requireTransaction();
    return jdbc.sql(question(target.holders()))
        .param("target", target.table())
        .param("ids", ids.toArray(Long[]::new))
        .param("purge", purge)
        .query((row, number) -> holding(row))
        .list();
  }

  private static String question(Set<PlatformSchema> holders) {
    return holders.stream()
        .sorted()
        .map(schema ->
            "SELECT '%s', h.* FROM %s.references_to(:target, :ids, :purge) h"
                .formatted(schema.serviceName(), schema.schemaName()))
        .collect(Collectors.joining(" UNION ALL "));
  }

  private static Holding holding(ResultSet row) throws SQLException {
    return new Holding(
        row.getString(1),
        row.getString(2),
        row.getLong(3),
        row.getLong(4),
        Stream.of((Long[]) row.getArray(5).getArray()).toList());
  }

  private static void requireTransaction() {
    if (!TransactionSynchronizationManager.isActualTransactionActive()) {
      throw new IllegalStateException("holders are asked in the transaction that has the lock");
    }
  }
}
