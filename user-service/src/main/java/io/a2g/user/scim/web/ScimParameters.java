package io.a2g.user.scim.web;

import io.a2g.user.scim.ScimPage;
import org.jspecify.annotations.Nullable;

/** Query parameters of reads (RFC 7644 §3.4.2); null: absent. */
record ScimParameters(
    @Nullable String filter,
    @Nullable Integer startIndex,
    @Nullable Integer count,
    @Nullable String attributes,
    @Nullable String excludedAttributes) {

  ScimPage page() {
    return ScimPage.of(startIndex, count);
  }

  Projection shown() {
    return Projection.of(attributes, excludedAttributes);
  }
}
