package io.a2g.tracing.trace;

import io.a2g.common.error.ConstraintProblem;
import io.a2g.common.purge.Purgeable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class TraceConfiguration {

  @Bean
  Purgeable deletedTraces() {
    return Purgeable.leaf(
        "tracing.trace_metadata",
        new Purgeable.Dependent("tracing.log_entries", "trace_id", "trace_id"));
  }

  // Also for another user's trace: an id has 128 random bits, so that it is taken tells nothing.
  @Bean
  ConstraintProblem traceIdTaken() {
    return new ConstraintProblem(
        "trace_metadata_trace_id_key", "trace_id", "A trace with this id exists already.");
  }
}
