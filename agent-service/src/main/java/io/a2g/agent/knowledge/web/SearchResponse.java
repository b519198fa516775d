package io.a2g.agent.knowledge.web;

import io.a2g.agent.knowledge.Match;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** The chunks that were found, best first. */
record SearchResponse(List<MatchItem> items) {

  /**
   * One of them.
   *
   * @param score cosine similarity, -1 to 1
   */
  record MatchItem(
      long id,
      String content,
      @Schema(implementation = Object.class, types = "object") ObjectNode metadata,
      double score) {}

  static SearchResponse of(List<Match> matches) {
    return new SearchResponse(
        matches.stream()
            .map(match ->
                new MatchItem(match.id(), match.content(), match.metadata(), match.score()))
            .toList());
  }
}
