package io.a2g.common.reference;

import io.a2g.common.topology.PlatformSchema;
import io.a2g.common.topology.ReferenceTarget;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Calls the functions that the schemas with references publish, all of them in one round trip. */
public final class DatabaseReferenceHolder implements ReferenceHolder {

  private final JdbcClient jdbc;
  private final List<PlatformSchema> holders;

  /** Calls them of these schemas, in the transactions of this client. */
  public DatabaseReferenceHolder(JdbcClient jdbc, List<PlatformSchema> holders) {
    this.jdbc = jdbc;
    this.holders = holders;
  }

  @Override
  public List<Referrer> referrers(ReferenceTarget target, Collection<Long> ids, boolean purge) {
    if (holders.isEmpty() || ids.isEmpty()) {
      return List.of();
    }
    String question =
        holders.stream()
            .map(schema ->
                "SELECT '%s', h.* FROM %s.references_to(:target, :ids, :purge) h"
                    .formatted(schema.serviceName(), schema.schemaName()))
            .collect(Collectors.joining(" UNION ALL "));
    return jdbc.sql(question)
        .param("target", target.table())
        .param("ids", ids.toArray(Long[]::new))
        .param("purge", purge)
        .query((row, number) -> referrer(row))
        .list();
  }

  @Override
  public long handOver(ReferenceTarget target, long from, long to) {
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

  private static Referrer referrer(ResultSet row) throws SQLException {
    return new Referrer(
        row.getString(1),
        row.getString(2),
        row.getLong(3),
        row.getLong(4),
        Stream.of((Long[]) row.getArray(5).getArray()).toList());
  }
}
