package io.a2g.user.scim.web;

import io.a2g.user.scim.ScimPage;
import io.a2g.user.scim.ScimResults;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/** Resources and lists of them as responses. */
final class ScimResponses {

  static final MediaType TYPE = MediaType.parseMediaType("application/scim+json");
  static final String BASE = "/scim/v2";

  private ScimResponses() {}

  /** 200 with a resource and its tag. */
  static ResponseEntity<Map<String, Object>> one(Map<String, Object> resource, Projection shown) {
    return tagged(ResponseEntity.status(HttpStatus.OK), resource).body(shown.of(resource));
  }

  /** 201 with a resource, its tag and where it is. */
  static ResponseEntity<Map<String, Object>> created(Map<String, Object> resource) {
    var answer = ResponseEntity.status(HttpStatus.CREATED);
    answer.header("Location", String.valueOf(meta(resource).get("location")));
    return tagged(answer, resource).body(resource);
  }

  /** 200 with a page of resources. */
  static <T> ResponseEntity<Map<String, Object>> list(
      ScimResults<T> found,
      ScimPage page,
      Function<T, Map<String, Object>> view,
      Projection shown) {
    List<Map<String, Object>> resources =
        found.resources().stream().map(view).map(shown::of).toList();
    Map<String, Object> list = new LinkedHashMap<>();
    list.put("schemas", List.of("urn:ietf:params:scim:api:messages:2.0:ListResponse"));
    list.put("totalResults", found.total());
    list.put("startIndex", page.startIndex());
    list.put("itemsPerPage", resources.size());
    list.put("Resources", resources);
    return ResponseEntity.ok().contentType(TYPE).body(list);
  }

  private static ResponseEntity.BodyBuilder tagged(
      ResponseEntity.BodyBuilder answer, Map<String, Object> resource) {
    return answer.eTag(String.valueOf(meta(resource).get("version"))).contentType(TYPE);
  }

  private static Map<?, ?> meta(Map<String, Object> resource) {
    return resource.get("meta") instanceof Map<?, ?> meta ? meta : Map.of();
  }
}
