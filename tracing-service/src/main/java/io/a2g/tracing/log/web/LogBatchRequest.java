package io.a2g.tracing.log.web;

import io.a2g.tracing.log.NewLogEntry;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.ArrayList;
import java.util.List;

/** Several things that happened in one trace. */
record LogBatchRequest(
    @NotNull @Size(min = 1, max = 1000) List<@NotNull @Valid LogEntryRequest> entries) {

  List<NewLogEntry> newEntries() {
    List<NewLogEntry> result = new ArrayList<>(entries.size());
    for (int i = 0; i < entries.size(); i++) {
      result.add(entries.get(i).entry(i));
    }
    return result;
  }
}
