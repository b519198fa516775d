package io.a2g.user.oauth.server;

import io.a2g.user.oauth.client.ClientScopes;
import io.a2g.user.oauth.client.GrantType;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** What discovery says: everything that works, and nothing else of what Spring could do. */
final class ServerMetadata {

  private static final List<String> WITH_A_SECRET =
      List.of("client_secret_basic", "client_secret_post");
  private static final List<String> ANY_CLIENT =
      List.of("client_secret_basic", "client_secret_post", "none");

  private ServerMetadata() {}

  /** Corrects the metadata of OAuth (RFC 8414). */
  static void ofOAuth(Map<String, Object> metadata) {
    metadata.remove("tls_client_certificate_bound_access_tokens");
    metadata.remove("dpop_signing_alg_values_supported");
    metadata.put(
        "grant_types_supported", Arrays.stream(GrantType.values()).map(GrantType::value).toList());
    metadata.put("response_modes_supported", List.of(AuthorizationRequestValidator.RESPONSE_MODE));
    metadata.put("token_endpoint_auth_methods_supported", ANY_CLIENT);
    metadata.put("revocation_endpoint_auth_methods_supported", ANY_CLIENT);
    metadata.put("introspection_endpoint_auth_methods_supported", WITH_A_SECRET);
    // Services know their own scope; no other client needs it.
    metadata.put(
        "scopes_supported",
        ClientScopes.ALL.stream().filter(scope -> !scope.equals(ClientScopes.INTERNAL)).toList());
  }

  /** Corrects the metadata of OpenID Connect Discovery. */
  static void ofOpenId(Map<String, Object> metadata) {
    ofOAuth(metadata);
    metadata.put("prompt_values_supported", AuthorizationRequestValidator.PROMPTS);
    metadata.put(
        "claims_supported",
        List.of(
            "iss",
            "sub",
            "aud",
            "exp",
            "iat",
            "auth_time",
            "nonce",
            "azp",
            "sid",
            "preferred_username",
            "name",
            "locale",
            "email"));
    metadata.put("claims_parameter_supported", false);
    metadata.put("request_parameter_supported", false);
    // Where it is absent, clients take it as true.
    metadata.put("request_uri_parameter_supported", false);
  }
}
