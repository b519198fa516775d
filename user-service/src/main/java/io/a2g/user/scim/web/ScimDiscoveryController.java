package io.a2g.user.scim.web;

import io.a2g.common.error.ResourceNotFound;
import io.a2g.user.scim.ScimPage;
import io.a2g.user.scim.ScimResults;
import io.swagger.v3.oas.annotations.Hidden;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The parts of SCIM that exist here (RFC 7643 §5 to §7): documents that never change. */
@Hidden
@RestController
@RequestMapping(ScimResponses.BASE)
class ScimDiscoveryController {

  private static final ScimPage WHOLE = ScimPage.of(null, null);

  /** The file with all of them. */
  private record Discovery(
      Map<String, Object> serviceProviderConfig,
      List<Map<String, Object>> resourceTypes,
      List<Map<String, Object>> schemas) {}

  private final Discovery discovery;

  ScimDiscoveryController(JsonMapper mapper) throws IOException {
    try (InputStream document = new ClassPathResource("scim/discovery.json").getInputStream()) {
      this.discovery = mapper.readValue(document, new TypeReference<Discovery>() {});
    }
  }

  @GetMapping("/ServiceProviderConfig")
  ResponseEntity<Map<String, Object>> serviceProviderConfig() {
    return answer(discovery.serviceProviderConfig());
  }

  @GetMapping("/ResourceTypes")
  ResponseEntity<Map<String, Object>> resourceTypes() {
    return list(discovery.resourceTypes());
  }

  @GetMapping("/ResourceTypes/{id}")
  ResponseEntity<Map<String, Object>> resourceType(@PathVariable("id") String id) {
    return answer(find(discovery.resourceTypes(), id));
  }

  @GetMapping("/Schemas")
  ResponseEntity<Map<String, Object>> schemas() {
    return list(discovery.schemas());
  }

  @GetMapping("/Schemas/{id}")
  ResponseEntity<Map<String, Object>> schema(@PathVariable("id") String id) {
    return answer(find(discovery.schemas(), id));
  }

  private static Map<String, Object> find(List<Map<String, Object>> documents, String id) {
    return documents.stream()
        .filter(document -> id.equals(document.get("id")))
        .findFirst()
        .orElseThrow(() -> new ResourceNotFound("document", id));
  }

  private static ResponseEntity<Map<String, Object>> answer(Map<String, Object> document) {
    return ResponseEntity.ok().contentType(ScimResponses.TYPE).body(located(document));
  }

  // The file has addresses below the service, answers have whole ones.
  private static Map<String, Object> located(Map<String, Object> document) {
    Map<String, Object> located = new LinkedHashMap<>(document);
    located.computeIfPresent(
        "meta",
        (name, meta) -> {
          Map<Object, Object> whole = new LinkedHashMap<>((Map<?, ?>) meta);
          whole.computeIfPresent(
              "location",
              (key, path) -> ScimResources.location(path.toString().split("/")).toString());
          return whole;
        });
    return located;
  }

  private static ResponseEntity<Map<String, Object>> list(List<Map<String, Object>> documents) {
    var found = new ScimResults<>(documents, documents.size());
    return ScimResponses.list(found, WHOLE, ScimDiscoveryController::located, Projection.ALL);
  }
}
