package io.a2g.user.scim.web;

import java.net.URI;
import java.util.Arrays;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** What all answers of SCIM share. */
final class ScimMedia {

  static final MediaType TYPE = MediaType.parseMediaType("application/scim+json");
  static final String BASE = "/scim/v2";

  private ScimMedia() {}

  /** The address of a resource, as this client reaches the service. */
  static URI location(String... segments) {
    return ServletUriComponentsBuilder.fromCurrentContextPath()
        .pathSegment("scim", "v2")
        .pathSegment(Arrays.copyOf(segments, segments.length))
        .build()
        .encode()
        .toUri();
  }
}
