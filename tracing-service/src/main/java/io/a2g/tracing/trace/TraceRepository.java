package io.a2g.tracing.trace;

import java.util.Optional;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** The table of traces. Single reads need no transaction and open none. */
interface TraceRepository extends Repository<Trace, Long> {

  Trace saveAndFlush(Trace trace);

  @Query(
      """
      select t from Trace t
      where t.traceId = :traceId
        and (:admin = true or (t.userId = :callerId and t.deletedAt is null))
      """)
  Optional<Trace> findVisible(String traceId, long callerId, boolean admin);

  @Query(
      nativeQuery = true,
      value =
          """
          SELECT * FROM tracing.trace_metadata
          WHERE trace_id = :traceId AND (:admin OR user_id = :callerId)
          FOR UPDATE
          """)
  Optional<Trace> findForUpdate(String traceId, long callerId, boolean admin);
}
