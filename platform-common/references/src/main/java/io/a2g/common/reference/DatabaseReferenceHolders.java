package io.a2g.common.reference;

import io.a2g.common.topology.PlatformSchema;
import io.a2g.common.topology.ReferenceTarget;
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
public final class DatabaseReferenceHolders implements ReferenceHolders {

  private final JdbcClient jdbc;

  /** Asks in the transactions of this client. */
  public DatabaseReferenceHolders(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public void requireDeletable(ReferenceTarget target, long id) {
    List<Holding> holding = ask(target.holders(), target, List.of(id), false);
    if (!holding.isEmpty()) {
      throw new StillReferenced(target, holding);
    }
  }

  @Override
  public List<Holding> holding(ReferenceTarget target, Collection<Long> ids) {
    return ask(target.holders(), target, ids, true);
  }

  @Override
  public long handOver(ReferenceTarget target, long from, long to) {
    return handOver(target.holders(), target, from, to);
  }

  /**
   * As the methods of the interface, for some of the holders.
   *
   * @param purge whether deleted rows and all references count, or only live rows of RESTRICT ones
   */
  public List<Holding> ask(
      Set<PlatformSchema> holders, ReferenceTarget target, Collection<Long> ids, boolean purge) {
    requireTransaction();
    if (holders.isEmpty() || ids.isEmpty()) {
      return List.of();
    }
    return jdbc.sql(question(holders))
        .param("target", target.table())
        .param("ids", ids.toArray(Long[]::new))
        .param("purge", purge)
        .query((row, number) -> holding(row))
        .list();
  }

  /** As {@link #handOver(ReferenceTarget, long, long)}, for some of the holders. */
  public long handOver(Set<PlatformSchema> holders, ReferenceTarget target, long from, long to) {
    requireTransaction();
    if (holders.isEmpty()) {
      return 0;
    }
    String sum =
        holders.stream()
            .map(schema -> schema.schemaName() + ".hand_over(:target, :from, :to)")
            .collect(Collectors.joining(" + "));
    return jdbc.sql("SELECT " + sum)
        .param("target", target.table())
        .param("from", from)
        .param("to", to)
        .query((row, number) -> row.getLong(1))
        .single();
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
