package io.a2g.common.web.limit;

import java.time.Duration;
import java.util.Set;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.springframework.util.StringUtils;
import org.springframework.util.unit.DataSize;

/**
 * Waits for bodies before anything else does: no thread, no turn and no connection to the database
 * is taken until a body is there. Those of uploads are read later, at their own pace.
 */
final class LimitHandler extends Handler.Wrapper {

  private static final String ALLOWED = "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS";
  private static final Set<String> METHODS = Set.of(ALLOWED.split(", "));
  // HTTP knows them, and no address of ours takes them.
  private static final Set<String> REFUSED = Set.of("TRACE", "CONNECT");

  // Within which all of a body must come. Forms, sign-ups and a hundred leaked keys need no
  // credential; anything else does.
  private static final Duration UPLOAD_TIME = Duration.ofDays(1);
  private static final Duration TIME = Duration.ofSeconds(60);
  private static final Duration ANONYMOUS_TIME = Duration.ofSeconds(10);
  private static final DataSize ANONYMOUS_LIMIT = DataSize.ofKilobytes(32);

  private final LimitProperties limits;
  private final BodyMemory memory = new BodyMemory(Runtime.getRuntime().maxMemory() / 4);

  LimitHandler(Handler next, LimitProperties limits) {
    super(next);
    this.limits = limits;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    if (!METHODS.contains(request.getMethod())) {
      refuseMethod(request, response, callback);
      return true;
    }
    boolean hasBody =
        request.getLength() > 0 || request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING);
    if (!hasBody) {
      return super.handle(request, answer(request, response, false), callback);
    }
    boolean known = hasCredential(request);
    // Nobody may upload without a credential, so such a request is like any other without one.
    boolean upload = known && isMultipart(request);
    var patience = new BodyPatience(request, upload ? UPLOAD_TIME : known ? TIME : ANONYMOUS_TIME);
    Request timed = new TimedBodyRequest(request, limits.minBodyRate().toBytes(), patience);
    Answer answer = answer(timed, response, true);
    if (upload) {
      return super.handle(timed, answer, callback);
    }
    DataSize limit = known ? limits.body() : ANONYMOUS_LIMIT;
    new BodyReader(getHandler(), timed, answer, callback, limit, patience, memory).read(false);
    return true;
  }

  private static Answer answer(Request request, Response response, boolean hasBody) {
    Answer answer = new Answer(request, response, hasBody);
    request.setAttribute(Answer.ATTRIBUTE, answer);
    return answer;
  }

  private static void refuseMethod(Request request, Response response, Callback callback) {
    boolean known = REFUSED.contains(request.getMethod());
    if (known) {
      response.getHeaders().put(HttpHeader.ALLOW, ALLOWED);
    }
    int status = known ? HttpStatus.METHOD_NOT_ALLOWED_405 : HttpStatus.NOT_IMPLEMENTED_501;
    Response.writeError(request, response, callback, status);
  }

  private static boolean isMultipart(Request request) {
    String type = request.getHeaders().get(HttpHeader.CONTENT_TYPE);
    return StringUtils.startsWithIgnoreCase(type, "multipart/");
  }

  private static boolean hasCredential(Request request) {
    return request.getHeaders().contains(HttpHeader.AUTHORIZATION)
        || request.getHeaders().contains("X-API-Key");
  }
}
