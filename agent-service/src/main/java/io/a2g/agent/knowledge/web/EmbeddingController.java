package io.a2g.agent.knowledge.web;

import io.a2g.agent.knowledge.AddedChunk;
import io.a2g.agent.knowledge.KnowledgeService;
import io.a2g.agent.knowledge.Match;
import io.a2g.agent.knowledge.NewChunk;
import io.a2g.agent.knowledge.SearchQuery;
import io.a2g.agent.knowledge.StoredChunk;
import io.a2g.common.security.Caller;
import io.a2g.common.security.ReadingPost;
import io.a2g.common.web.Cursor;
import io.a2g.common.web.CursorPage;
import io.a2g.common.web.PageQuery;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.function.Function;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(EmbeddingController.PATH)
@Tag(name = "agent embeddings")
class EmbeddingController {

  static final String PATH = "/api/v1/agents/{id}/embeddings";

  private final KnowledgeService knowledge;

  EmbeddingController(KnowledgeService knowledge) {
    this.knowledge = knowledge;
  }

  @PostMapping
  @Operation(
      summary = "Add chunks",
      description = "Up to 100, all or none; known content gets the new embedding and metadata.")
  @ApiResponse(responseCode = "200", description = "All of them were known")
  @ApiResponse(responseCode = "201", description = "At least one is new")
  ResponseEntity<ChunksResponse> add(
      @AuthenticationPrincipal Caller caller,
      @PathVariable("id") long id,
      @Valid @RequestBody ChunksRequest body) {
    var added = knowledge.add(caller, id, body.chunks());
    boolean anyCreated = added.stream().anyMatch(AddedChunk::created);
    return ResponseEntity.status(anyCreated ? HttpStatus.CREATED : HttpStatus.OK)
        .body(new ChunksResponse(added));
  }

  @GetMapping
  @Operation(
      summary = "List chunks",
      description = "Newest first, without their embeddings; for the owner and administrators.")
  CursorPage<StoredChunk> list(
      @AuthenticationPrincipal Caller caller,
      @PathVariable("id") long id,
      @ParameterObject @Valid PageQuery page) {
    String scope = "agents/" + id + "/embeddings";
    var rows = knowledge.list(caller, id, page.beforeId(scope), page.fetch());
    return CursorPage.of(
        rows, page.size(), chunk -> Cursor.of(scope, chunk.id()), Function.identity());
  }

  @DeleteMapping("/{embedding_id}")
  @Operation(summary = "Remove a chunk", description = "For good; it can be added again.")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void remove(
      @AuthenticationPrincipal Caller caller,
      @PathVariable("id") long id,
      @PathVariable("embedding_id") long embeddingId) {
    knowledge.remove(caller, id, embeddingId);
  }

  @Bean
  static ReadingPost searchOnlyReads() {
    return new ReadingPost(PATH + "/search");
  }

  @PostMapping("/search")
  @Operation(
      summary = "Find similar chunks",
      description = "By cosine similarity, best first; for whoever may use the agent.")
  SearchResponse search(
      @AuthenticationPrincipal Caller caller,
      @PathVariable("id") long id,
      @Valid @RequestBody SearchQuery body) {
    return new SearchResponse(knowledge.search(caller, id, body));
  }

  /** Chunks to add, all or none. */
  record ChunksRequest(@NotNull @Size(min = 1, max = 100) List<@NotNull @Valid NewChunk> chunks) {}

  /** What became of chunks that were added, in their order. */
  record ChunksResponse(List<AddedChunk> items) {}

  /** The chunks that were found, best first. */
  record SearchResponse(List<Match> items) {}
}
