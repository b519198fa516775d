package io.a2g.user.scim.web;

import io.a2g.common.headers.SecurityHeaders;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.Callback;
import org.springframework.boot.jetty.JettyServerCustomizer;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Gives SCIM's shape to what Jetty refuses below {@code /scim} before any filter runs, such as
 * {@code /scim/v2//Users}, which comes of a base address with a slash at its end.
 */
@Component
class ScimJettyErrors implements JettyServerCustomizer {

  private final JsonMapper mapper;

  ScimJettyErrors(JsonMapper mapper) {
    this.mapper = mapper;
  }

  @Override
  public void customize(Server server) {
    Request.Handler others = server.getErrorHandler();
    server.setErrorHandler((request, response, callback) -> {
      String path = request.getHttpURI().getPath();
      return (path != null && path.startsWith("/scim/"))
          ? answer(response, callback)
          : others.handle(request, response, callback);
    });
  }

  private boolean answer(Response response, Callback callback) {
    var error =
        ScimErrors.error(response.getStatus(), null, "The address or a header cannot be read.");
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, ScimResponses.TYPE.toString());
    response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
    SecurityHeaders.ofData().forEach(response.getHeaders()::put);
    response.write(true, ByteBuffer.wrap(mapper.writeValueAsBytes(error)), callback);
    return true;
  }
}
