package io.a2g.tracing.log.web;

import io.a2g.tracing.log.Appended;

/**
 * What a batch became.
 *
 * @param count entries stored
 * @param firstId the least of their ids
 * @param lastId the greatest of their ids
 */
record AppendedResponse(int count, long firstId, long lastId) {

  static AppendedResponse of(Appended appended) {
    return new AppendedResponse(appended.count(), appended.firstId(), appended.lastId());
  }
}
