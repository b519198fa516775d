package io.a2g.tracing.trace;

import java.util.List;

/** The list of traces. */
interface TraceSearch {

  /** Traces with ids below {@code before}, newest first. */
  List<Trace> search(TraceFilter filter, long before, int limit);
}
