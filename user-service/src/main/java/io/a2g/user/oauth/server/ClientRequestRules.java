package io.a2g.user.oauth.server;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.security.oauth2.core.endpoint.PkceParameterNames;
import org.springframework.security.web.authentication.AuthenticationConverter;

/**
 * Refuses requests of clients that are malformed (RFC 6749 sections 2.3 and 3.2, RFC 7636 section
 * 4.1), before the credential in them is looked for; it finds none itself.
 */
class ClientRequestRules implements AuthenticationConverter {

  private static final Pattern CODE_VERIFIER = Pattern.compile("[A-Za-z0-9._~-]{43,128}");

  @Override
  public @Nullable Authentication convert(HttpServletRequest request) {
    request
        .getParameterMap()
        .forEach(
            (name, values) -> require(values.length == 1, "A parameter is there more than once."));
    int headers = Collections.list(request.getHeaders(HttpHeaders.AUTHORIZATION)).size();
    int bodies = request.getParameter(OAuth2ParameterNames.CLIENT_SECRET) == null ? 0 : 1;
    require(
        headers + bodies <= 1, "Authenticate in one way: by the Authorization header or the body.");
    require(
        request.getHeader("DPoP") == null, "Tokens are bearer tokens; DPoP is not supported here.");
    if (AuthorizationGrantType.AUTHORIZATION_CODE
        .getValue()
        .equals(request.getParameter(OAuth2ParameterNames.GRANT_TYPE))) {
      String verifier = request.getParameter(PkceParameterNames.CODE_VERIFIER);
      require(
          verifier != null && CODE_VERIFIER.matcher(verifier).matches(),
          "code_verifier must be 43 to 128 letters, digits, -, ., _ or ~.");
    }
    return null;
  }

  private static void require(boolean met, String description) {
    if (!met) {
      throw new OAuth2AuthenticationException(
          new OAuth2Error(OAuth2ErrorCodes.INVALID_REQUEST, description, null));
    }
  }
}
